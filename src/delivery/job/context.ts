import type { CasesError } from '../../errors/errors';
import type { Caller } from '../channel/channel';
import type { Channels } from '../channel/channels';
import type { DeliverySettings } from '../delivery';
import type { Endings } from '../endings';
import type { CasesService } from '../service/service';
import type { Clock } from '../time/clock';
import type { Schedule } from '../time/schedule';
import type { Claims } from '../verify/claims';
import type { ExistingItems } from '../verify/existing-items';
import type { Verifier } from '../verify/verifier';
import type { Lanes } from '../waiting/lanes';

/** What the jobs of a delivery share. */
export interface JobContext {
  readonly settings: DeliverySettings;
  readonly service: CasesService;
  readonly clock: Clock;
  readonly random: () => number;
  readonly lanes: Lanes;
  readonly endings: Endings;
  readonly schedule: Schedule;
  readonly channels: Channels;
  readonly claims: Claims;
  readonly verifier: Verifier;
  readonly existingItems: ExistingItems;
  /** Jobs that are not decided yet. */
  readonly underWay: Set<UnderWay>;
  /** Those of them that prepare their requests, or wait for the turn of the first. */
  readonly preparing: Set<UnderWay>;
  readonly isClosing: () => boolean;
  /** It is closing, and the next delivery of the domain node goes on with what has not ended. */
  readonly isLeaving: () => boolean;
  /** The clock of the store. */
  readonly storeTime: () => number;
}

/** A job as the rest of the delivery sees it. */
export interface UnderWay extends Caller {
  /** `preparing`, `delayed`: it only waits until it may be sent, for the first time or again. */
  readonly phase: 'preparing' | 'in flight' | 'verifying' | 'delayed';
  reject(error: CasesError): void;
}
