import { CasesError } from '../errors';

/**
 * A property as Node-RED hands it over. It puts in what `${NAME}` stands for as a node starts, and leaves the
 * place-holder where there is nothing of that name: this throws `NOT_CONFIGURED`, and `setting` says whose it is.
 */
export function given<Value>(value: Value, setting: string, field?: string): Value {
  const name = typeof value === 'string' ? /^\$\{(\S+)\}$/.exec(value)?.[1] : undefined;
  if (name === undefined) return value;
  throw new CasesError(
    'NOT_CONFIGURED',
    `The environment variable ${name}, from which ${setting} comes, is not set. Set it and start Node-RED again, or type the value in.`,
    field === undefined ? {} : { field },
  );
}
