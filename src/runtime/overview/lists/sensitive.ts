import { sensitiveTextsIn } from '../../../cases/rules';
import type { DeliveryRules } from '../../../definition/delivery-rules';
import type { Task } from '../../../delivery/delivery';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** How a message is delivered; undefined where nothing knows that any more. */
export type WorkOf = (message: StoredMessage) => DeliveryRules | Task | undefined;

/** Texts that nobody is shown unless asked for; `all`: nobody knows which they are. */
export type Sensitive = readonly string[] | 'all';

/** What is sensitive in a message, as it is delivered. */
export function sensitiveTexts(message: StoredMessage, workOf: WorkOf): Sensitive {
  const work = workOf(message);
  if (!work) return 'all';
  const { input } = message;
  return 'task' in work ? sensitiveTextsIn(input as object) : work.sensitiveTexts(input as never);
}
