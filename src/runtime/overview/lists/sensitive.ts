import { sensitiveTexts as sensitiveTextsOfCase } from '../../../cases/rules';
import type { DeliveryRules } from '../../../definition/delivery-rules';
import type { Task } from '../../../delivery';
import type { StoredMessage } from '../../../delivery/store/message-store';

/** How a message is delivered; undefined where nothing knows that any more. */
export type WorkOf = (message: StoredMessage) => DeliveryRules | Task | undefined;

/** Texts of a message that nobody is shown unless asked for. */
export function sensitiveTexts(message: StoredMessage, workOf: WorkOf): readonly string[] {
  const work = workOf(message);
  const { input } = message;
  if (work && 'operation' in work) return work.sensitiveTexts(input as never);
  return [...sensitiveTextsOfCase(input as object), ...slaNames(input as SlaRequest)];
}

interface SlaRequest {
  readonly content?: { readonly sla?: { readonly slaInputConfiguration?: { readonly name?: string } } };
}

const slaNames = ({ content }: SlaRequest): readonly string[] => {
  const name = content?.sla?.slaInputConfiguration?.name;
  return name === undefined ? [] : [name];
};
