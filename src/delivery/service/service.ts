import {
  type ConnectCasesClient,
  CreateRelatedItemCommand,
  GetDomainCommand,
  SearchRelatedItemsCommand,
  type SearchRelatedItemsRequest,
  type SearchRelatedItemsResponseItem,
} from '@aws-sdk/client-connectcases';
import type { HttpRequest, HttpResponse } from '@smithy/types';
import { commandFor, type OperationService } from '../calls/operations';
import type { RelatedItemRequest } from '../delivery';
import { createdItem, domainArn, foundItems } from './checked-answers';
import { haveNewKeys, keysOf, noKeysIn } from './keys';
import { beforeSending, keysRenewed } from './network-errors';
import { refusesKeys } from './outcome';

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

/** How much later than the client's own time-outs a request is given up: they know more about what happened. */
const lastResortMs = 1000;

/** A request that is under way. */
interface Call {
  readonly abort: AbortController;
  handedOver: boolean;
  /** Which keys signed it. */
  signedWith?: string;
}

/**
 * The service behind an SDK client, which has to send each request once. The signal of a request is not an
 * option of the SDK's `send`, which would build the chain of middleware anew for each.
 */
export function casesService(
  client: ConnectCasesClient,
  timeoutSeconds: number,
): CasesService & OperationService {
  const calls = new WeakMap<object, Call>();
  let clockOffset = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const call = calls.get(args.input);
      if (!call) return next(args);
      const request = args.request as HttpRequest;
      call.handedOver = true;
      call.signedWith = keysOf(request);
      const { signal: abortSignal } = call.abort;
      const result = await client.config.requestHandler.handle(request, { abortSignal });
      clockOffset = offsetFrom(result.response) ?? clockOffset;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'delivery', override: true },
  );

  const send = async <Answer>(
    input: object,
    signal: AbortSignal,
    run: () => Promise<Answer>,
  ): Promise<Answer> => {
    const call: Call = { abort: new AbortController(), handedOver: false };
    calls.set(input, call);
    const timer = setTimeout(() => call.abort.abort(), timeoutSeconds * 1000 + lastResortMs);
    const neverSent = new Promise<never>((_resolve, reject) => {
      call.abort.signal.onabort = () => {
        clearTimeout(timer);
        // Once it is handed over, the connection says what became of it.
        if (!call.handedOver) reject(noKeysIn(timeoutSeconds));
      };
    });
    const group = abortedWith(signal).add(call.abort);
    try {
      return await Promise.race([run(), neverSent]);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const renewed = refusesKeys(error) && (await haveNewKeys(client, call.signedWith));
      throw Object.assign(
        error,
        !call.handedOver && { [beforeSending]: true },
        renewed && { [keysRenewed]: true },
      );
    } finally {
      clearTimeout(timer);
      group.delete(call.abort);
    }
  };

  return {
    async create(request, signal) {
      // A copy, since a request that is sent again is another call.
      const command = new CreateRelatedItemCommand({ ...request });
      const answer = await send(command.input, signal, () => client.send(command));
      return createdItem(answer, request.caseId);
    },
    async search(request, signal) {
      const command = new SearchRelatedItemsCommand(request);
      const answer = await send(command.input, signal, () => client.send(command));
      return foundItems(answer);
    },
    async domainArn(domainId, signal) {
      const command = new GetDomainCommand({ domainId });
      const answer = await send(command.input, signal, () => client.send(command));
      return domainArn(answer, domainId);
    },
    async call(operation, input, signal) {
      const command = commandFor(operation, input);
      return (await send(command.input, signal, () => client.send(command))) as never;
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

function offsetFrom({ headers }: HttpResponse): number | undefined {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? undefined : date - Date.now();
}
