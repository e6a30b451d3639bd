import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../common/loopback';
import { createKeyring } from './auth/keys';
import { pageHandler } from './page/page';
import { CasesService } from './service';
import { openDataFile } from './state/data-file';
import { type Limits, noLimits } from './state/state';
import { createFaults, parseFaults } from './wire/faults';
import type { Behaviour, SeenRequest } from './wire/operation-request';
import { createThrottle, type Quota, type QuotaSetting } from './wire/quota';
import { createCasesServer } from './wire/server';

export { demo } from './state/seed';
export type { CasesService, Quota, QuotaSetting, SeenRequest };

export interface EmulatorOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Address to listen on [127.0.0.1]; one that is not loopback takes `allowRemote`. */
  readonly host?: string;
  /** Lets other machines in: the service has no protection of its own against them. */
  readonly allowRemote?: boolean;
  /** One quota for every operation, or some that differ: `{ CreateCase: 'unlimited' }`. Default: the service's own. */
  readonly quota?: QuotaSetting;
  /** Added to every answer. */
  readonly latencyMs?: number;
  /** As on the command line: `lost:0.1`, `500:0.05`, `reset`, `lag:2`, `SearchRelatedItems=500`, `lost*1`. */
  readonly faults?: readonly string[];
  /** Makes the faults repeatable. */
  readonly seed?: number;
  /** Whether signatures are verified; with these keys. Default: any credentials are accepted. */
  readonly verifySignatures?: boolean;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** IAM actions that are refused: `cases:SearchRelatedItems`, `connect:DescribeContact`. */
  readonly deny?: readonly string[];
  /** How much a case may hold; the service's own limits unless given. */
  readonly limits?: 'unlimited' | Partial<Limits>;
  /** The account of callers whose access key does not name one [123456789012]. */
  readonly account?: string;
  /** The Region whose state `service.state` is, and of requests without a signature [us-east-1]. */
  readonly region?: string;
  /** Where the state is kept; in memory unless given. */
  readonly dataFile?: string;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Sees every request to an operation, after it was answered. */
  readonly onRequest?: (request: SeenRequest) => void;
}

/** A running local Cases service. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, for `endpoint` and `--endpoint-url`. */
  readonly url: string;
  readonly port: number;
  /** The service behind HTTP, for tests that look or act directly. */
  readonly service: CasesService;
  setQuota(quota: QuotaSetting): void;
  /** Replaces all faults; without any, nothing goes wrong any more. */
  setFaults(faults: readonly string[]): void;
  setLatency(milliseconds: number): void;
  /** Replaces the IAM actions that are refused. */
  setDenied(actions: readonly string[]): void;
  /** Stops listening and drops what is still connected. */
  close(): Promise<void>;
}

/** The keys of `--verify-signatures` unless others are given; AWS uses them as examples. */
export const exampleKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Starts Amazon Connect Cases on this machine. Rejects where the port can't be had, or may not. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', seed = 1, account = '123456789012', region = 'us-east-1' } = options;
  const { now = Date.now } = options;
  if (!isLoopback(host) && !options.allowRemote) {
    throw new Error(
      `${host} is not loopback: other machines could reach the service, and it protects nothing. ` +
        'Add --allow-remote if they may.',
    );
  }
  const dataFile = options.dataFile === undefined ? undefined : openDataFile(options.dataFile);
  const service = new CasesService({
    place: { account, region },
    ...(dataFile && { dataFile }),
    now,
    limits: options.limits === 'unlimited' ? noLimits : (options.limits ?? {}),
    deny: options.deny ?? [],
  });
  const throttle = createThrottle(options.quota, now);
  const behaviour: Behaviour = {
    latencyMs: options.latencyMs ?? 0,
    offline: false,
    nextFault: () => undefined,
  };
  const setFaults = (texts: readonly string[]): void => {
    const { faults, lagSeconds } = parseFaults(texts);
    service.lagSeconds = lagSeconds;
    behaviour.nextFault = createFaults(faults, seed);
  };
  setFaults(options.faults ?? []);

  const server = createCasesServer({
    service,
    throttle,
    behaviour,
    account,
    region,
    keyring: createKeyring({
      ...(options.credentials ?? exampleKeys),
      principal: `arn:aws:iam::${account}:user/local`,
    }),
    verifySignatures: options.verifySignatures ?? false,
    loopbackOnly: isLoopback(host),
    onRequest: options.onRequest ?? (() => {}),
    handlers: [pageHandler(service)],
  });
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    dataFile?.close();
  };

  return {
    url: `http://${isLoopback(host) ? bracketed(host) : '127.0.0.1'}:${port}`,
    port,
    service,
    setQuota: (quota) => throttle.set(quota),
    setFaults,
    setLatency: (milliseconds) => {
      behaviour.latencyMs = milliseconds;
    },
    setDenied: (actions) => service.deny(actions),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
