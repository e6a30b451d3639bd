import type { SearchRelatedItemsRequest, SearchRelatedItemsResponseItem } from '@aws-sdk/client-connectcases';
import { relatedItems } from '../../nodes/related-items';
import type { DeliveryRules } from '../../src/definition/delivery-rules';
import type { RelatedItem } from '../../src/definition/related-item';
import { relatedItemRules } from '../../src/definition/related-item-rules';
import type {
  Delivered,
  DeliverySettings,
  DeliveryState,
  Delivery as OfEverything,
} from '../../src/delivery/delivery';
import type { DeliveryOptions } from '../../src/delivery/parts';
import { createDelivery as createQueue } from '../../src/delivery/queue';
import type { CasesService } from '../../src/delivery/service/service';
import type { Input, RelatedItemRequest } from '../../src/model/operations';

export { casesService } from '../../src/delivery/service/service';
export type { RelatedItemRequest } from '../../src/model/operations';

/** What an item became, and how. */
export interface DeliveredItem extends Omit<Delivered, 'output' | 'input'> {
  readonly relatedItemArn: string;
  readonly relatedItemId: string;
}

export interface DeliverOptions {
  readonly merge?: boolean;
  readonly repeat?: 'add' | 'keep';
  readonly onState?: ((state: DeliveryState) => void) | undefined;
}

/** A delivery for related items of all types; each message is from a node of its own. */
export interface Delivery extends Omit<OfEverything, 'accept' | 'deliver' | 'nodesChanged'> {
  deliver(request: RelatedItemRequest, options?: DeliverOptions): Promise<DeliveredItem>;
}

export interface Created {
  readonly relatedItemArn: string;
  readonly relatedItemId: string;
  readonly requestId?: string;
}

export interface FoundItems {
  readonly items: readonly SearchRelatedItemsResponseItem[];
  readonly nextToken?: string;
}

/** A stand-in for the service that knows items alone. */
export interface ItemService {
  create(request: RelatedItemRequest, signal: AbortSignal): Promise<Created>;
  search(request: SearchRelatedItemsRequest, signal: AbortSignal): Promise<FoundItems>;
  domainArn(domainId: string, signal: AbortSignal): Promise<string>;
  serverTime(): number;
}

export function createDelivery(
  service: CasesService | ItemService,
  settings: DeliverySettings,
  options?: DeliveryOptions,
): Delivery {
  const waiting = new Map<string, Waiting>();
  let count = 0;
  const created = createQueue('call' in service ? service : asService(service), settings, {
    ...options,
    recipient: {
      doing: (nodeId, state) => waiting.get(nodeId)?.onState?.(state),
      ended({ nodeId }, end) {
        const message = waiting.get(nodeId);
        waiting.delete(nodeId);
        if (!message) throw new Error('ended twice');
        if ('error' in end) message.reject(end.error);
        else if ('delivered' in end) {
          const { output, input: _input, ...how } = end.delivered as Delivered<'CreateRelatedItem'>;
          const { relatedItemArn = '', relatedItemId = '' } = output;
          message.resolve({ relatedItemArn, relatedItemId, ...how });
        }
        return undefined;
      },
    },
  });
  return {
    view: created.view,
    get waiting() {
      return created.waiting;
    },
    get state() {
      return created.state;
    },
    deliver: (input, { merge = false, repeat = 'add', onState } = {}) =>
      new Promise((resolve, reject) => {
        count += 1;
        const nodeId = `node ${count}`;
        waiting.set(nodeId, { resolve, reject, onState });
        try {
          created.accept({ nodeId, msg: {}, rules: rulesOf(input, repeat), input, merge });
        } catch (error) {
          waiting.delete(nodeId);
          reject(error);
        }
      }),
    close: (graceSeconds) => created.close(graceSeconds),
  };
}

/** What stands in for the node of a message. */
interface Waiting {
  readonly resolve: (item: DeliveredItem) => void;
  readonly reject: (error: unknown) => void;
  readonly onState: DeliverOptions['onState'];
}

/** The service of a delivery, made of one that knows items alone. */
export const asService = (service: ItemService): CasesService => ({
  serverTime: () => service.serverTime(),
  async call(operation, input, signal) {
    switch (operation) {
      case 'CreateRelatedItem': {
        const { requestId, ...output } = await service.create(input as RelatedItemRequest, signal);
        return { output: output as never, ...(requestId !== undefined && { requestId }) };
      }
      case 'SearchRelatedItems': {
        const { items, ...page } = await service.search(input as Input<'SearchRelatedItems'>, signal);
        return { output: { relatedItems: items, ...page } as never };
      }
      case 'GetDomain': {
        const { domainId = '' } = input as Input<'GetDomain'>;
        return { output: { domainArn: await service.domainArn(domainId, signal) } as never };
      }
      default:
        throw new Error(`${operation} is not for items`);
    }
  },
});

/** The rules of each node's settings, made once, as a node does it. */
const rulesByNode = new Map<string, DeliveryRules<'CreateRelatedItem'>>(
  (Object.values(relatedItems) as readonly RelatedItem[]).flatMap((item) =>
    (['add', 'keep'] as const).map(
      (repeat) => [`${item.member} ${repeat}`, relatedItemRules(item, repeat)] as const,
    ),
  ),
);

/** The rules for the type of an item, told by the member that holds its content. */
export const rulesOf = (
  { content }: RelatedItemRequest,
  repeat: 'add' | 'keep' = 'add',
): DeliveryRules<'CreateRelatedItem'> =>
  rulesByNode.get(`${Object.keys(content ?? {})[0]} ${repeat}`) as DeliveryRules<'CreateRelatedItem'>;

/** Whether a search has found the item of `request`. */
export const isItemOf = (request: RelatedItemRequest, found: SearchRelatedItemsResponseItem): boolean =>
  rulesOf(request).whenAnswerIsLost.isItemOf(request, found);
