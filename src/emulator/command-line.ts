import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { type EmulatorOptions, exampleKeys, type Quota, type SeenRequest } from '.';
import { type OperationName, operationNames } from './operations';
import { requireActions } from './operations/actions';
import { faultExamples, parseFaults } from './wire/faults';

const faultHelp = faultExamples
  .map(([example, meaning]) => `${' '.repeat(26)}${example.padEnd(20)}  ${meaning}`)
  .join('\n');

const help = `Amazon Connect Cases on this machine, for development and tests.

  connect-cases-emulator [options]

  --port N              port to listen on; 0: a free one [4510]
  --host ADDRESS        address to listen on [127.0.0.1]; one that is not loopback takes --allow-remote
  --allow-remote        lets other machines in, although nothing is protected from them
  --seed-file FILE      start with the domains and cases of FILE [a demo domain]; its schema: dist/seed.schema.json
  --data FILE           keep the state in FILE, for this process alone [in memory]
  --rate N              requests of each operation per second [the service's quotas], or "unlimited"
  --burst N             so many of them at once [10]
  --quota OPERATION=RATE[/BURST]   that of one operation; can be given several times: UpdateCase=2/2
  --latency MS          wait before every answer [0]
  --fault FAULT         what goes wrong; can be given several times
${faultHelp}
  --seed N              makes the faults repeatable [1]
  --no-limits           no limits of related items per case and fields per custom item
  --deny ACTION         refuse an IAM action, such as cases:SearchRelatedItems; can be given several times
  --events-to URL       send case events there, on loopback, once PutCaseEventConfiguration has switched them on
  --events-file FILE    write case events there, a line for each
  --access-log          print a line for each request: time, operation, status, milliseconds, account, Region, error
  --account ID          account of callers whose access key does not name one, and of the page [123456789012]
  --region REGION       Region of requests without a signature, and of the page [us-east-1]
  --verify-signatures   accept only requests signed with these keys, or with keys from its AssumeRole
  --access-key-id ID        [${exampleKeys.accessKeyId}]
  --secret-access-key KEY   [${exampleKeys.secretAccessKey}]
  --session-token TOKEN
  --help, --version
`;

const flags = {
  port: { type: 'string', default: '4510' },
  host: { type: 'string', default: '127.0.0.1' },
  'allow-remote': { type: 'boolean' },
  data: { type: 'string' },
  'seed-file': { type: 'string' },
  'events-to': { type: 'string' },
  'events-file': { type: 'string' },
  'access-log': { type: 'boolean' },
  rate: { type: 'string' },
  burst: { type: 'string' },
  quota: { type: 'string', multiple: true },
  latency: { type: 'string', default: '0' },
  fault: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  'no-limits': { type: 'boolean' },
  deny: { type: 'string', multiple: true },
  account: { type: 'string', default: '123456789012' },
  region: { type: 'string' },
  'verify-signatures': { type: 'boolean' },
  'access-key-id': { type: 'string' },
  'secret-access-key': { type: 'string' },
  'session-token': { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

/** What the command line asks for: text to print, or a service to start. Throws with a sentence for the user. */
export function readCommandLine(args: readonly string[]): { print: string } | { start: EmulatorOptions } {
  const { values } = parseArgs({ args: [...args], options: flags });
  if (values.help) return { print: help };
  if (values.version) return { print: `${version}\n` };
  const { fault: faults = [], deny = [] } = values;
  parseFaults(faults);
  requireActions(deny);
  return {
    start: {
      port: wholeNumber('--port', values.port, { max: 65_535 }),
      host: values.host,
      ...(values['allow-remote'] && { allowRemote: true }),
      ...(values.data !== undefined && { dataFile: values.data }),
      ...(values['seed-file'] !== undefined && { content: readSeed(values['seed-file']) }),
      ...readEvents(values['events-to'], values['events-file']),
      ...(values['access-log'] && { onRequest: (request) => console.log(accessLine(request)) }),
      ...readQuota(values.rate, values.burst, values.quota ?? []),
      latencyMs: wholeNumber('--latency', values.latency),
      faults,
      seed: wholeNumber('--seed', values.seed),
      ...(values['no-limits'] && { limits: 'unlimited' }),
      deny,
      account: accountId(values.account),
      ...(values.region !== undefined && { region: regionName(values.region) }),
      verifySignatures: values['verify-signatures'] ?? false,
      ...readKeys(values['access-key-id'], values['secret-access-key'], values['session-token']),
    },
  };
}

function readSeed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--seed-file can't be read: ${(error as Error).message}`);
  }
}

function readEvents(url: string | undefined, file: string | undefined): Pick<EmulatorOptions, 'events'> {
  if (url === undefined && file === undefined) return {};
  return { events: { ...(url !== undefined && { url }), ...(file !== undefined && { file }) } };
}

/** A request in one line; neither what it holds nor who signed it. */
function accessLine({ at, operation, status, milliseconds, account, region, error }: SeenRequest): string {
  const time = new Date(at).toISOString();
  return [time, operation, status ?? 'dropped', milliseconds, account, region, error ?? '-'].join(' ');
}

function readQuota(
  rate: string | undefined,
  burst: string | undefined,
  ofOperations: readonly string[],
): Pick<EmulatorOptions, 'quota'> {
  const all = readRate(rate, burst);
  if (ofOperations.length === 0) return all === undefined ? {} : { quota: all };
  const some = Object.fromEntries(ofOperations.map(readOperationQuota));
  return { quota: all === undefined ? some : { ...eachOperation(all), ...some } };
}

const eachOperation = (quota: Quota | 'unlimited') =>
  Object.fromEntries(operationNames.map((name) => [name, quota]));

function readRate(rate: string | undefined, burst: string | undefined): Quota | 'unlimited' | undefined {
  if (rate === undefined && burst === undefined) return undefined;
  if (rate === 'unlimited' || rate === 'Infinity') return 'unlimited';
  const perSecond = Number(rate ?? 2);
  if (!(perSecond > 0)) throw new Error(`--rate has to be a number above 0 or "unlimited", not '${rate}'`);
  return { perSecond, burst: burst === undefined ? 10 : wholeNumber('--burst', burst, { min: 1 }) };
}

function readOperationQuota(text: string): [OperationName, Quota | 'unlimited'] {
  const [, name, rate = '', burst] = /^(\w+)=([\d.]+|unlimited)(?:\/(\d+))?$/.exec(text) ?? [];
  const operation = operationNames.find((known) => known === name);
  const quota = operation && readRate(rate, burst);
  if (operation && quota) return [operation, quota];
  throw new Error(`--quota has to be like UpdateCase=2/2 or GetCase=unlimited, not '${text}'`);
}

function readKeys(id: string | undefined, secret: string | undefined, sessionToken: string | undefined) {
  if (id === undefined && secret === undefined && sessionToken === undefined) return {};
  if (!id || !secret) throw new Error('--access-key-id and --secret-access-key have to be given together');
  return { credentials: { accessKeyId: id, secretAccessKey: secret, ...(sessionToken && { sessionToken }) } };
}

function wholeNumber(name: string, text: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new Error(`${name} has to be a whole number from ${min} to ${max}, not '${text}'`);
}

function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new Error(`--account has to have 12 digits, not '${text}'`);
}

function regionName(text: string): string {
  if (/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw new Error(`--region has to be like eu-central-1, not '${text}'`);
}
