import {
  type ConnectCasesClient,
  CreateRelatedItemCommand,
  GetDomainCommand,
  SearchRelatedItemsCommand,
  type SearchRelatedItemsRequest,
  type SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import type { RelatedItemRequest } from './delivery';
import { isExpiredToken } from './outcome';

export interface Created {
  readonly relatedItemArn: string;
  readonly relatedItemId: string;
  readonly requestId?: string;
}

export interface FoundItems {
  readonly items: readonly SearchRelatedItemsResponseItem[];
  readonly nextToken?: string;
}

/** What delivery needs of the service. Each call sends one request, and rejects with whatever went wrong. */
export interface CasesService {
  create(request: RelatedItemRequest, signal: AbortSignal): Promise<Created>;
  search(request: SearchRelatedItemsRequest, signal: AbortSignal): Promise<FoundItems>;
  /** ARN of the domain; a search gives only the ids of items. */
  domainArn(domainId: string, signal: AbortSignal): Promise<string>;
  /** The service's clock in milliseconds since 1970, as its last answer told. */
  serverTime(): number;
}

/** Marks an error that was raised before the request was handed to the connection. */
export const beforeSending = Symbol('before sending');

/** How much later than the client's own time-outs a request is given up: they know more about what happened. */
const lastResortMs = 1000;

/** The service behind an SDK client, which has to send each request once. */
export function casesService(client: ConnectCasesClient, timeoutSeconds: number): CasesService {
  const handedOver = new WeakSet<object>();
  let clockOffset = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      handedOver.add(args.input);
      const result = await next(args);
      clockOffset = offsetFrom(result.response) ?? clockOffset;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'deliveryObserver', override: true },
  );

  const send = async <Answer>(
    input: object,
    signal: AbortSignal,
    run: (abortSignal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutSeconds * 1000 + lastResortMs);
    const group = abortedWith(signal).add(abort);
    try {
      return await run(abort.signal);
    } catch (error) {
      if (isExpiredToken(error)) await refreshCredentials(client);
      throw error instanceof Error && !handedOver.has(input)
        ? Object.assign(error, { [beforeSending]: true })
        : error;
    } finally {
      clearTimeout(timer);
      group.delete(abort);
    }
  };

  return {
    async create(request, signal) {
      const command = new CreateRelatedItemCommand(request);
      const answer = await send(command.input, signal, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      const { relatedItemArn = '', relatedItemId = '', $metadata } = answer;
      return {
        relatedItemArn,
        relatedItemId,
        ...($metadata.requestId !== undefined && { requestId: $metadata.requestId }),
      };
    },
    async search(request, signal) {
      const command = new SearchRelatedItemsCommand(request);
      const answer = await send(command.input, signal, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      const items = (answer.relatedItems ?? []).filter((item) => item !== null && item !== undefined);
      return { items, ...(answer.nextToken && { nextToken: answer.nextToken }) };
    },
    async domainArn(domainId, signal) {
      const command = new GetDomainCommand({ domainId });
      const answer = await send(command.input, signal, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      return answer.domainArn ?? '';
    },
    serverTime: () => Date.now() + clockOffset,
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

function offsetFrom(response: unknown): number | undefined {
  const headers = (response as { headers?: Record<string, string> }).headers;
  const date = Date.parse(headers?.date ?? '');
  return Number.isNaN(date) ? undefined : date - Date.now();
}

/** Keys that the service calls expired before their time are read again for the next attempt. */
async function refreshCredentials(client: ConnectCasesClient): Promise<void> {
  const provider = client.config.credentials as (options?: { forceRefresh?: boolean }) => Promise<unknown>;
  await provider({ forceRefresh: true }).catch(() => undefined);
}
