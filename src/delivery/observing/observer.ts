import type { OperationName } from '../../model/operations';
import type { End } from '../delivery';
import type { StoredMessage } from '../store/message-store';

/** Who counts what a delivery does. Called for each message and request, so each call costs next to nothing; none throws. */
export interface DeliveryObserver {
  /** A message was accepted. */
  accepted(): void;
  /** A request goes out. */
  sent(operation: OperationName): void;
  /** The service refused a request because its quota is used up. */
  refused(operation: OperationName): void;
  /** A message has ended; its recipient is told next. */
  ended(message: StoredMessage, end: End): void;
}

export const noObserver: DeliveryObserver = {
  accepted() {},
  sent() {},
  refused() {},
  ended() {},
};
