import { variableOf } from '../../common/environment';
import { CasesError } from '../../errors/errors';

/**
 * A property as Node-RED hands it over. It leaves the place-holder of a variable that is not set: this throws
 * `NOT_CONFIGURED`, and `setting` says whose it is.
 */
export function given<Value>(value: Value, setting: string, field?: string): Value {
  const name = typeof value === 'string' ? variableOf(value) : undefined;
  if (name === undefined) return value;
  throw new CasesError(
    'NOT_CONFIGURED',
    `The environment variable ${name}, from which ${setting} comes, is not set. Set it and start Node-RED again, or type the value in.`,
    field === undefined ? {} : { field },
  );
}
