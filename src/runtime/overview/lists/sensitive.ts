import { sensitiveTexts as sensitiveTextsOfCase } from '../../../cases/rules';
import type { DeliveryRules } from '../../../definition/delivery-rules';
import type { Task } from '../../../delivery';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** How a message is delivered; undefined where nothing knows that any more. */
export type WorkOf = (message: StoredMessage) => DeliveryRules | Task | undefined;

/** Texts of a message that nobody is shown unless asked for; all where nothing knows which they are. */
export function sensitiveTexts(message: StoredMessage, workOf: WorkOf): readonly string[] {
  const work = workOf(message);
  const { input } = message;
  if (!work) return textsIn(input);
  return 'task' in work ? sensitiveTextsOfCase(input as object) : work.sensitiveTexts(input as never);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
