export type { Delivered, Delivery, DeliveryState, End, OutgoingMessage, Recipient } from './delivery';
export type { DeliveryOptions } from './options';
export { createDelivery } from './queue';
export { casesService } from './service/service';
