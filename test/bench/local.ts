import { ConnectCasesClient, CreateRelatedItemCommand } from '@aws-sdk/client-connectcases';
import type { DeliverySettings } from '../../src/delivery/delivery';
import { demo, type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator';
import type { RelatedItemRequest } from '../../src/model/operations';
import { casesService, createDelivery, type Delivery } from '../support/item-delivery';

/** One line of the table. */
export interface Result {
  readonly name: string;
  /** Who did the same in the same run; left out: the plain SDK. */
  readonly beside?: string;
  /** What came of that. */
  readonly plain: string;
  readonly ours: string;
  readonly toReach: string;
  readonly reached: boolean;
}

export type Row = () => Promise<Result[]>;

/** A local service with as many empty cases as asked for, and a count of what it was asked. */
export interface Local {
  readonly emulator: Emulator;
  readonly caseIds: readonly string[];
  /** Answers to CreateRelatedItem by HTTP status. */
  readonly answers: Map<number | undefined, number>;
  /** Bodies of the comments of all cases. */
  bodies(): string[];
  close(): Promise<void>;
}

export async function startLocal(cases: number, options: EmulatorOptions): Promise<Local> {
  const answers = new Map<number | undefined, number>();
  const emulator = await startEmulator({
    limits: 'unlimited',
    ...options,
    onRequest: ({ operation, status }) => {
      if (operation === 'CreateRelatedItem') answers.set(status, (answers.get(status) ?? 0) + 1);
    },
  });
  const { cases: known } = emulator.service.state;
  const caseIds = Array.from({ length: cases }, (_, index) => `bench-${index}`);
  for (const [index, id] of caseIds.entries()) {
    known.set(id, {
      id,
      sequence: index,
      domainId: demo.domainId,
      templateId: demo.templateId,
      createdAt: Date.now(),
      fields: {},
      tags: {},
      items: [],
      history: [],
    });
  }
  return {
    emulator,
    caseIds,
    answers,
    bodies: () =>
      caseIds.flatMap((id) => known.get(id)?.items.map((item) => String(item.content.comment?.body)) ?? []),
    close: () => emulator.close(),
  };
}

export const plainClient = (
  url: string,
  retryMode: 'standard' | 'adaptive' = 'standard',
): ConnectCasesClient => new ConnectCasesClient({ ...clientConfig(url), retryMode });

const clientConfig = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' },
});

/** A delivery as a domain node has it, and what it takes to end it. */
export function startDelivery(
  url: string,
  settings: Partial<DeliverySettings> = {},
): Delivery & { end(): Promise<void> } {
  const client = new ConnectCasesClient({ ...clientConfig(url), maxAttempts: 1 });
  const delivery = createDelivery(
    casesService(client, 10),
    {
      rate: 'auto',
      burst: 10,
      maxWaiting: 200_000,
      deadlineSeconds: 0,
      timeoutSeconds: 10,
      ambiguous: 'verify',
      ...settings,
    },
    { onWarning: (text) => console.warn(text) },
  );
  return Object.assign(delivery, {
    async end() {
      await delivery.close(0);
      client.destroy();
    },
  });
}

export const comment = (caseId: string | undefined, body: string): RelatedItemRequest => ({
  domainId: demo.domainId,
  caseId: caseId ?? '',
  type: 'Comment',
  content: { comment: { body, contentType: 'Text/Plain' } },
});

/** Sends all at once with the SDK alone; gives how many were delivered. */
export async function sendPlain(
  client: ConnectCasesClient,
  requests: readonly RelatedItemRequest[],
): Promise<number> {
  const results = await Promise.allSettled(
    requests.map((request) => client.send(new CreateRelatedItemCommand(request))),
  );
  client.destroy();
  return results.filter(({ status }) => status === 'fulfilled').length;
}

/** Keeps `parallel` calls of `work` under way until it was called `count` times; gives the calls in a second. */
export async function callsPerSecond(
  count: number,
  parallel: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return count / ((performance.now() - began) / 1000);
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
