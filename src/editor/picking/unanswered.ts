import { configNodes } from '../../../nodes/config';
import { catalogueOf } from '../../definition/node-type';
import type { Reason } from '../../errors/reasons';

/** Why a question to the runtime got no answer. */
export class Unanswered extends Error {
  constructor(readonly reason: Reason) {
    super(reason.key);
  }
}

/** Why something was not found out, in the editor's language. */
export function inWords(node: EditorNode, thrown: unknown): string {
  const { key, params } = reasonIn(thrown);
  const { field } = params as { readonly field?: string };
  return node._(`reason.${key}`, { ...params, ...(field !== undefined && { field: labelOf(field) }) });
}

const reasonIn = (thrown: unknown): Reason =>
  thrown instanceof Unanswered ? thrown.reason : { key: 'unexpected', params: { code: String(thrown) } };

/** What the form of the config node that has this property calls it. */
function labelOf(property: string): string {
  const owner = configNodes.find(({ fields, secrets }) => fields[property] ?? secrets?.[property]);
  return owner ? RED._(`${catalogueOf(owner.base)}:field.${property}`) : property;
}
