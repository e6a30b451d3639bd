import { sensitiveTexts as sensitiveTextsOfCase } from '../../../cases/rules';
import type { DeliveryRules } from '../../../definition/delivery-rules';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** How a message is delivered, as far as it says what of it is sensitive; undefined where nothing knows that any more. */
export type WorkOf = (message: StoredMessage) => Partial<Pick<DeliveryRules, 'sensitiveTexts'>> | undefined;

/** Texts of a message that nobody is shown unless asked for. */
export function sensitiveTexts(message: StoredMessage, workOf: WorkOf): readonly string[] {
  const { input } = message;
  return workOf(message)?.sensitiveTexts?.(input as never) ?? sensitiveTextsOfCase(input as object);
}
