import type { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import type { AwsCredentialIdentityProvider, HttpRequest, HttpResponse } from '@smithy/types';
import type { Input, OperationName, Output } from '../../model/operations';
import { beforeSending, fetchingKeys, keysRenewed, UnreadableAnswer } from './network-errors';
import { commandFor, problemOf } from './operations';
import { refusesKeys } from './outcome';

/** What the service answered to one request. */
interface Answer<Name extends OperationName> {
  readonly output: Output<Name>;
  readonly requestId?: string;
}

/** What delivery needs of the service. */
export interface CasesService {
  /** Sends one request; rejects with whatever went wrong, also where the answer is not as documented. */
  call<Name extends OperationName>(
    operation: Name,
    input: Input<Name>,
    signal: AbortSignal,
  ): Promise<Answer<Name>>;
  /** The service's clock in milliseconds since 1970, as its last answer told; before that, this machine's. */
  serverTime(): number;
  /** Whether an answer has told the service's clock, and nothing has come in between since; left out: it is known. */
  knowsTime?(): boolean;
}

/** How much later than the client's own time-outs a request is given up: they know more about what happened. */
const lastResortMs = 1000;

/** How far this machine's clock may move against one that nobody sets, and that stands still while the machine sleeps. */
const toleratedDriftMs = 1000;

/** A request that is under way. */
interface Call {
  readonly abort: AbortController;
  /** Signed, and handed over to the connection. */
  request?: HttpRequest;
}

/**
 * The service behind an SDK client, which has to send each request once. The signal of a request is not an
 * option of the SDK's `send`, which would build the chain of middleware anew for each.
 */
export function casesService(client: ConnectCasesClient, timeoutSeconds: number): CasesService {
  const calls = new WeakMap<object, Call>();
  let clockOffset: number | undefined;
  let driftThen = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const call = calls.get(args.input);
      if (!call) return next(args);
      const request = args.request as HttpRequest;
      call.request = request;
      const { signal: abortSignal } = call.abort;
      const result = await client.config.requestHandler.handle(request, { abortSignal });
      const offset = offsetFrom(result.response);
      if (offset !== undefined) [clockOffset, driftThen] = [offset, drift()];
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'delivery', override: true },
  );

  const send = async <Answer>(
    input: object,
    signal: AbortSignal,
    run: () => Promise<Answer>,
  ): Promise<Answer> => {
    const call: Call = { abort: new AbortController() };
    calls.set(input, call);
    const timer = setTimeout(() => call.abort.abort(), timeoutSeconds * 1000 + lastResortMs);
    const neverSent = new Promise<never>((_resolve, reject) => {
      call.abort.signal.onabort = () => {
        clearTimeout(timer);
        // Once it is handed over, the connection says what became of it.
        if (!call.request) reject(noKeysIn(timeoutSeconds));
      };
    });
    const group = abortedWith(signal).add(call.abort);
    try {
      return await Promise.race([run(), neverSent]);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const renewed = refusesKeys(error) && (await haveNewKeys(client, call.request));
      throw Object.assign(
        error,
        !call.request && { [beforeSending]: true },
        renewed && { [keysRenewed]: true },
      );
    } finally {
      clearTimeout(timer);
      group.delete(call.abort);
    }
  };

  return {
    async call(operation, input, signal) {
      const command = commandFor(operation, input);
      const { $metadata, ...output } = await send(command.input, signal, () => client.send(command));
      const problem = problemOf(operation, output, input);
      if (problem !== undefined) throw new UnreadableAnswer(problem, $metadata);
      const { requestId } = $metadata;
      return { output: output as never, ...(requestId !== undefined && { requestId }) };
    },
    serverTime: () => Date.now() + (clockOffset ?? 0),
    knowsTime: () => clockOffset !== undefined && Math.abs(drift() - driftThen) < toleratedDriftMs,
  };
}

/** One listener for all requests of a signal: adding and removing one for each takes longer the more there are. */
const groups = new WeakMap<AbortSignal, Set<AbortController>>();
function abortedWith(signal: AbortSignal): Set<AbortController> {
  let group = groups.get(signal);
  if (!group) {
    const created = new Set<AbortController>();
    signal.addEventListener('abort', () => {
      for (const abort of created) abort.abort();
    });
    groups.set(signal, created);
    group = created;
  }
  return group;
}

const drift = (): number => Date.now() - performance.now();

function offsetFrom({ headers }: HttpResponse): number | undefined {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? undefined : date - Date.now();
}

/** The keys that signed a request: their id and the session token. */
const keysOf = ({ headers }: HttpRequest): string =>
  named(/Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1], headers['x-amz-security-token']);

const named = (accessKeyId = '', sessionToken = ''): string => `${accessKeyId} ${sessionToken}`;

/** Reads the keys again for the next attempt; tells whether they are others than those that signed what was refused. */
async function haveNewKeys(client: ConnectCasesClient, refused: HttpRequest | undefined): Promise<boolean> {
  const provider: AwsCredentialIdentityProvider = client.config.credentials;
  const keys = await provider({ forceRefresh: true }).catch(() => undefined);
  return keys !== undefined && named(keys.accessKeyId, keys.sessionToken) !== (refused && keysOf(refused));
}

/** An error for what was not sent after so long: nothing but the fetching of keys takes time before that. */
const noKeysIn = (seconds: number): Error =>
  Object.assign(new Error(`none came within ${seconds} s.`), { [fetchingKeys]: true });
