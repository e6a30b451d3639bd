import type { NodeAPI } from 'node-red';
import type { Fields } from '../../definition/field';
import { CasesError } from '../../errors/errors';
import { describe } from '../../model/describe';
import { flag, given } from '../config/environment';

/** What a node's form says of all its messages. */
interface SetUp {
  /** The property that gets the result; undefined where the node has none. */
  readonly output: string | undefined;
  /** Its messages may go out together. */
  readonly merge: boolean;
  /** Nothing is sent where it is there already. */
  readonly keep: boolean;
}

/** A function that gives how the node is set up. It throws `NOT_CONFIGURED` each time where a flow has it wrong. */
export function prepareSetUp(
  RED: NodeAPI,
  config: Readonly<Record<string, unknown>>,
  fields: Fields,
): () => SetUp {
  try {
    const setUp = readSetUp(RED, config, fields);
    return () => setUp;
  } catch (mistake) {
    return () => {
      throw mistake;
    };
  }
}

function readSetUp(RED: NodeAPI, config: Readonly<Record<string, unknown>>, fields: Fields): SetUp {
  const { output } = fields;
  demandChoices(fields, config);
  return {
    output: output?.kind === 'text' ? outputProperty(RED, config.output, String(output.default)) : undefined,
    merge: flag(config.merge, "the node's merge", 'merge'),
    keep: config.repeat === 'keep',
  };
}

/** Throws `NOT_CONFIGURED` where a flow, written by hand perhaps, has something else chosen than there is to choose. */
function demandChoices(fields: Fields, config: Readonly<Record<string, unknown>>): void {
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

/** The property of the message that gets the result, as the node names it. Throws `NOT_CONFIGURED`. */
function outputProperty(RED: NodeAPI, stored: unknown, byDefault: string): string {
  const output = String(given(stored ?? '', "the node's output", 'output')).trim() || byDefault;
  try {
    const names = RED.util.normalisePropertyExpression(output.replace(/^msg\./, ''));
    if (!names.includes('__proto__')) return output;
  } catch {
    // Told below.
  }
  const text = `The node's output ${describe(output)} names no property of a message. Set it to one, for example payload or connect.arn.`;
  throw new CasesError('NOT_CONFIGURED', text, { field: 'output' });
}
