export type { Delivery } from './delivery';
export { createDelivery, type DeliveryOptions } from './queue';
export { casesService } from './service/service';
