import { variableOf } from '../../common/environment';
import { explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { describe } from '../../model/describe';

/**
 * A property as Node-RED hands it over. It leaves the place-holder of a variable that is not set: this throws
 * `NOT_CONFIGURED`, and `setting` says whose it is.
 */
export function given<Value>(value: Value, setting: string, field?: string): Value {
  const name = typeof value === 'string' ? variableOf(value) : undefined;
  if (name === undefined) return value;
  throw explained(
    'NOT_CONFIGURED',
    because('unsetVariable', { name }),
    field === undefined ? {} : { field },
    `The environment variable ${name}, from which ${setting} comes, is not set. Set it and start Node-RED again, or type the value in.`,
  );
}

/** What people write into a variable for on and off. */
const words = {
  on: ['true', 't', 'yes', 'y', 'on', '1', 'enabled', 'enable'],
  off: ['', 'false', 'f', 'no', 'n', 'off', '0', 'disabled', 'disable'],
};

/** A switch, which may come from a variable. Throws `NOT_CONFIGURED` for what is neither on nor off. */
export function flag(value: unknown, setting: string, field: string): boolean {
  const word = String(given(value ?? '', setting, field))
    .trim()
    .toLowerCase();
  if (words.on.includes(word)) return true;
  if (words.off.includes(word)) return false;
  const text = `${setting.replace(/^./, (first) => first.toUpperCase())} is ${describe(value)}. Set it to true or false.`;
  throw explained(
    'NOT_CONFIGURED',
    because('wrongSetting', { field, got: describe(value) }),
    { field },
    text,
  );
}

/**
 * Throws `NOT_CONFIGURED` where the AWS SDK would take the endpoint of a service (`CONNECTCASES`, `STS`) from a
 * variable that holds no address.
 */
export function checkEndpointVariable(service: string): void {
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return;
  const name = [`AWS_ENDPOINT_URL_${service}`, 'AWS_ENDPOINT_URL'].find((name) => process.env[name]);
  if (name === undefined || isHttpUrl(process.env[name] ?? '')) return;
  throw explained(
    'NOT_CONFIGURED',
    because('wrongVariable', { name }),
    {},
    `The environment variable ${name} is no address. Set it to one that starts with https:// or http:// and start Node-RED again.`,
  );
}

/** Whether a text is an address of the web. */
export const isHttpUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
