import { sensitiveTextsIn } from '../../../cases/rules';
import type { DeliveryRules } from '../../../definition/delivery-rules';
import type { Task } from '../../../delivery/delivery';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** How a message is delivered; undefined where nothing knows that any more. */
export type WorkOf = (message: StoredMessage) => DeliveryRules | Task | undefined;

/** Texts of a message that nobody is shown unless asked for; all where nothing knows which they are. */
export function sensitiveTexts(message: StoredMessage, workOf: WorkOf): readonly string[] {
  const work = workOf(message);
  const { input } = message;
  if (!work) return textsIn(input);
  return 'task' in work ? sensitiveTextsIn(input as object) : work.sensitiveTexts(input as never);
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): readonly string[] {
  const texts = new Set<string>();
  const seen = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string') texts.add(part);
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof Uint8Array) texts.add(Buffer.from(part).toString());
    else
      for (const member of part instanceof Map || part instanceof Set ? [...part] : Object.values(part))
        visit(member);
  };
  visit(value);
  return [...texts];
}
