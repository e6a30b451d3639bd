import type { Fields } from '../../definition/field';
import { CasesError } from '../../errors/errors';
import { describe } from '../../model/describe';

/** Throws `NOT_CONFIGURED` where a flow, written by hand perhaps, has something else chosen than there is to choose. */
export function demandChoices(fields: Fields, config: Readonly<Record<string, unknown>>): void {
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === 'choice') demandKnown(name, [config[name] ?? field.default], field.options);
    if (field.kind === 'checks' && Array.isArray(config[name]))
      demandKnown(name, config[name], field.options);
  }
}

function demandKnown(name: string, chosen: readonly unknown[], options: readonly string[]): void {
  const unknown = chosen.find((each) => !options.some((option) => option === each));
  if (unknown === undefined) return;
  const text = `The node's ${name} is ${describe(unknown)}. Set it to one of ${options.join(', ')}.`;
  throw new CasesError('NOT_CONFIGURED', text, { field: name });
}
