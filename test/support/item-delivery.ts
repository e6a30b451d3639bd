import type { SearchRelatedItemsResponseItem } from '@aws-sdk/client-connectcases';
import { relatedItems } from '../../nodes/related-items';
import type { RelatedItem } from '../../src/definition/related-item';
import { relatedItemRules } from '../../src/definition/related-item-rules';
import * as delivery from '../../src/delivery';
import type {
  Delivered,
  DeliverOptions,
  DeliverySettings,
  ItemRules,
  RelatedItemRequest,
} from '../../src/delivery/delivery';
import type { CasesService } from '../../src/delivery/service/service';

export { casesService } from '../../src/delivery';

/** A delivery for related items of all types, as the nodes use it. */
export interface Delivery extends Omit<delivery.Delivery, 'deliver'> {
  deliver(request: RelatedItemRequest, options?: DeliverOptions): Promise<Delivered>;
}

export function createDelivery(
  service: CasesService,
  settings: DeliverySettings,
  options?: delivery.DeliveryOptions,
): Delivery {
  const created = delivery.createDelivery(service, settings, options);
  return {
    get waiting() {
      return created.waiting;
    },
    get state() {
      return created.state;
    },
    deliver: (request, options) => created.deliver(rulesOf(request), request, options),
    close: (graceSeconds) => created.close(graceSeconds),
  };
}

const items = Object.values(relatedItems) as readonly RelatedItem[];
const rulesByMember = new Map(items.map((item) => [item.member as string, relatedItemRules(item)]));

/** The rules for the type of an item, told by the member that holds its content. */
const rulesOf = ({ content }: RelatedItemRequest): ItemRules =>
  rulesByMember.get(Object.keys(content ?? {}).join()) as ItemRules;

/** Whether a search has found the item of `request`. */
export const isItemOf = (request: RelatedItemRequest, found: SearchRelatedItemsResponseItem): boolean =>
  rulesOf(request).whenAnswerIsLost.isItemOf(request, found);
