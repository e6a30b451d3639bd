export type {
  Delivered,
  Delivery,
  DeliveryState,
  End,
  OutgoingMessage,
  OutgoingTask,
  Recipient,
  Task,
  TaskContext,
  Whereabouts,
} from './delivery';
export type { DeliveryOptions } from './options';
export { createDelivery } from './queue';
export { casesService } from './service/service';
