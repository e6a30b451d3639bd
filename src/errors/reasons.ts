import { common, fill } from './messages';

/**
 * Why nothing could be done, as far as the editor may have to say it: each reason with what its text is filled with.
 * Parameters are names, numbers, what others said word for word, and other reasons, never sentences of ours; `field` is
 * a property of a config node.
 */
export const reasons = {
  blank: ['field'],
  wrongSetting: ['field', 'got'],
  fipsOrEndpoint: [],
  unsetVariable: ['name'],
  wrongVariable: ['name'],
  noHost: ['host'],
  noHostInRegion: ['host', 'region'],
  otherEndpoint: [],
  notAnId: ['got'],
  noKeysFound: [],
  noProfile: ['name'],
  noTokenFile: ['path', 'code'],
  keysCommand: [],
  noKeys: ['text'],
  keysUnreachable: ['code'],
  keysRefused: ['name'],
  tokenExpired: [],
  clock: [],
  denied: ['action', 'name'],
  notFound: ['type', 'id'],
  notFoundAnything: [],
  throttled: [],
  unavailable: [],
  refused: ['text'],
  failed: ['name', 'status'],
  unreadable: [],
  noList: ['list'],
  certificate: ['code'],
  unreachable: ['code'],
  noTls: ['code'],
  speaksTls: [],
  proxyLogin: [],
  proxyRefused: ['status'],
  inBetween: ['status'],
  noAnswer: [],
  broken: ['name'],
  cantBeMade: ['text'],
  otherOrigin: [],
  notAllowed: [],
  noNodeRed: [],
  http: ['status'],
  unexpected: ['code'],
  noDomain: [],
  noCredentials: [],
  nodeGone: [],
  queueFull: ['max'],
  expired: ['seconds'],
  stopped: [],
  interrupted: [],
  neverKnown: ['error', 'why'],
} as const satisfies { readonly [Key in keyof typeof common.reason]: readonly string[] };

type Key = keyof typeof reasons;
type Params<Of extends Key> = Readonly<Record<(typeof reasons)[Of][number], string | number | Reason>>;

/** A reason with its parameters: the runtime gives it, the editor puts it into words. */
export type Reason = { [Of in Key]: { readonly key: Of; readonly params: Params<Of> } }[Key];

/** The reason of that name. */
export const because = <Of extends Key>(
  key: Of,
  ...[params]: (typeof reasons)[Of] extends readonly [] ? [] : [params: Params<Of>]
): Reason => ({ key, params: params ?? {} }) as Reason;

/** The reason in an English sentence, from the same catalogue that the editor translates. */
export const inEnglish = ({ key, params }: Reason): string =>
  fill(common.reason[key], inWords(params, inEnglish));

/** Parameters with the reasons among them in words. */
export const inWords = (
  params: Reason['params'],
  say: (reason: Reason) => string,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries<string | number | Reason>(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? say(value) : value,
    ]),
  );
