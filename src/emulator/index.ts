import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../common/hosts';
import { adminHandler } from './admin/admin';
import type { EmulatorOptions, Emulator as PublicEmulator, SeenRequest } from './api';
import { createKeyring } from './auth/keys';
import { createControls } from './controls';
import { caseEvent } from './events/case-event';
import { createPublisher } from './events/publisher';
import { localUser } from './model/arn';
import { pageHandler } from './page/page';
import { demo } from './seed/demo';
import { CasesService } from './service';
import { type DataFile, openDataFile } from './state/data-file';
import { noLimits } from './state/state';
import { createCasesServer } from './wire/server';

export type { EmulatorOptions, Quota, SeenRequest } from './api';
export { demo };

/** A running local Cases service, and what tests of this package see of it. */
export interface Emulator extends PublicEmulator {
  /** The service behind HTTP, for tests that look or act directly. */
  readonly service: CasesService;
}

/** The keys of `--verify-signatures` unless others are given; AWS uses them as examples. */
export const exampleKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** So many requests are remembered, the newest, with so many characters of their bodies. */
const remembered = 1000;
const longestKept = 65_536;

/** Starts Amazon Connect Cases on this machine. Rejects where the port can't be had, or may not. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1' } = options;
  if (!isLoopback(host) && !options.allowRemote) {
    throw new Error(
      `${host} is not loopback: other machines could reach the service, and it protects nothing. ` +
        'Add --allow-remote if they may.',
    );
  }
  const dataFile = options.dataFile === undefined ? undefined : openDataFile(options.dataFile);
  try {
    return await listen(options, dataFile);
  } catch (error) {
    dataFile?.close();
    throw error;
  }
}

async function listen(options: EmulatorOptions, dataFile: DataFile | undefined): Promise<Emulator> {
  const { host = '127.0.0.1', account = '123456789012', region = 'us-east-1' } = options;
  const service = new CasesService({
    place: { account, region },
    ...(dataFile && { dataFile }),
    ...(options.content !== undefined && { content: options.content }),
    ...(options.now && { now: options.now }),
    limits: options.limits === 'unlimited' ? noLimits : (options.limits ?? {}),
  });
  const controls = createControls(service, options);
  const publisher = options.events && createPublisher(options.events);
  if (publisher) {
    service.onChange((change, state, place) => {
      const event = caseEvent(change, state, place, service.now());
      if (event) publisher.publish(event);
    });
  }
  const requests: SeenRequest[] = [];
  const emulator: Omit<Emulator, 'url' | 'port' | 'close'> = {
    service,
    requests,
    get behaviour() {
      return controls.behaviour;
    },
    behave: controls.behave,
    setQuota: (quota) => controls.behave({ quota }),
    setFaults: (faults) => controls.behave({ faults }),
    setLatency: (latencyMs) => controls.behave({ latencyMs }),
    setDenied: (deny) => controls.behave({ deny }),
    add: (seed) => service.add(seed),
    export: () => service.export(),
    reset() {
      service.reset();
      requests.length = 0;
    },
  };
  const server = createCasesServer({
    service,
    controls,
    account,
    region,
    keyring: createKeyring({
      ...(options.credentials ?? exampleKeys),
      principal: localUser(account),
    }),
    verifySignatures: options.verifySignatures ?? false,
    loopbackOnly: isLoopback(host),
    onRequest(request) {
      const { body } = request;
      requests.push(body.length > longestKept ? { ...request, body: body.slice(0, longestKept) } : request);
      if (requests.length > remembered) requests.shift();
      options.onRequest?.(request);
    },
    handlers: [pageHandler(emulator), adminHandler(emulator)],
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
    await publisher?.close();
    dataFile?.close();
  };

  return Object.assign(emulator, {
    url: `http://${isLoopback(host) ? bracketed(host) : '127.0.0.1'}:${port}`,
    port,
    close() {
      closing ??= close();
      return closing;
    },
  });
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
