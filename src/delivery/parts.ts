import { setMaxListeners } from 'node:events';
import type { DeliveryRules } from '../definition/delivery-rules';
import { Channels } from './channel/channels';
import { Connection } from './channel/connection';
import type { DeliverySettings, Recipient, Task } from './delivery';
import { EarlierRun } from './earlier-run';
import { Endings } from './endings';
import { Intake } from './intake';
import type { JobContext, UnderWay } from './job/context';
import { type DeliveryObserver, noObserver } from './observing/observer';
import type { CasesService } from './service/service';
import { memoryStore } from './store/memory-store';
import type { MessageStore, StoredMessage } from './store/message-store';
import { Tasks } from './tasks';
import { type Clock, systemClock } from './time/clock';
import { Schedule } from './time/schedule';
import { type Claims, sharedClaims } from './verify/claims';
import { ExistingItems } from './verify/existing-items';
import { ItemArns } from './verify/item-arns';
import { Verifier } from './verify/verifier';
import { Lanes } from './waiting/lanes';

/** What a delivery may be given besides its settings. */
export interface DeliveryOptions {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Told, once a day for each thing, what somebody should look into; holds nothing secret or sensitive. */
  readonly onWarning?: (text: string) => void;
  readonly claims?: Claims;
  /** Where waiting messages are kept; left out: in memory alone. */
  readonly store?: MessageStore;
  /** The domain node that the messages wait for. */
  readonly domainNodeId?: string;
  /** Takes the ends of accepted messages. */
  readonly recipient?: Recipient;
  readonly observer?: DeliveryObserver;
  /**
   * How a message that an earlier run has left is delivered: by its `operation` and, for an operation of the API, its
   * `input` and whether it is to `keep` what is there. Undefined: it stays in the store, and the log says so.
   */
  readonly workOf?: (message: StoredMessage) => DeliveryRules | Task | undefined;
}

/** What a delivery consists of. */
export interface Parts {
  readonly clock: Clock;
  readonly store: MessageStore;
  readonly intake: Intake;
  readonly endings: Endings;
  readonly lanes: Lanes;
  readonly tasks: Tasks;
  readonly schedule: Schedule;
  readonly abort: AbortController;
  readonly connection: Connection;
  readonly channels: Channels;
  readonly underWay: ReadonlySet<UnderWay>;
  readonly jobs: JobContext;
  readonly earlierRun: EarlierRun;
}

/** What the parts ask of the whole. */
interface Whole {
  /** Told when something may begin that could not before. */
  readonly onTurn: () => void;
  readonly isClosing: () => boolean;
  readonly isLeaving: () => boolean;
}

const nobody: Recipient = { ended: () => undefined, doing: () => {} };

/** The parts of a new delivery, wired. */
export function partsOf(
  service: CasesService,
  settings: DeliverySettings,
  options: DeliveryOptions,
  { onTurn, isClosing, isLeaving }: Whole,
): Parts {
  const { clock = systemClock, random = Math.random, claims = sharedClaims } = options;
  const { store = memoryStore, recipient = nobody, observer = noObserver, domainNodeId = '' } = options;
  const warn = oncePerDay(options.onWarning, clock);
  const abort = new AbortController();
  const { signal } = abort;
  setMaxListeners(0, signal);
  const endings = new Endings({ store, recipient, observer, claims, isLeaving });
  const lanes = new Lanes(onTurn);
  const schedule = new Schedule(onTurn);
  const connection = new Connection(random, warn);
  const channels = new Channels({ clock, connection, observer, warn, signal, onTurn }, settings, random);
  const tasks: Tasks = new Tasks({
    ...{ settings, clock, onTurn, endings },
    call: (message, rules, input) => intake.deliverFor(message, rules, input),
  });
  const intake: Intake = new Intake({
    ...{ settings, domainNodeId, clock, store, lanes, tasks, endings, connection, isClosing },
    observer,
    waiting: () => lanes.ofNodes + tasks.size + intake.held + earlierRun.parked.size,
  });
  const itemArns = new ItemArns(service, channels, warn);
  const underWay = new Set<UnderWay>();
  const search = { service, clock, random, schedule, channels, itemArns, warn };
  const note: MessageStore['note'] = (...fact) => store.note(...fact);
  const existingItems = new ExistingItems({ ...search, note });
  const jobs: JobContext = {
    ...{ settings, service, clock, random, lanes, endings, schedule, channels, underWay, isClosing },
    ...{ isLeaving, claims, existingItems, storeTime: () => store.now() },
    preparing: new Set(),
    verifier: new Verifier({ ...search, claims }),
  };
  const earlierRun: EarlierRun = new EarlierRun({
    ...{ domainNodeId, store, recipient, intake, lanes, tasks, endings, existingItems, warn, isClosing },
    ...{ clock, schedule, jobs },
    workOf: options.workOf ?? (() => undefined),
  });
  return {
    ...{ clock, store, intake, endings, lanes, tasks, schedule, abort, connection, channels },
    ...{ underWay, jobs, earlierRun },
  };
}

const dayMs = 24 * 3600 * 1000;

/** A function that passes on the first text of each topic, and another a day later: a week's outage has a few lines. */
function oncePerDay(
  say: (text: string) => void = () => {},
  clock: Clock,
): (topic: string, text: string) => void {
  const saidAt = new Map<string, number>();
  return (topic, text) => {
    const now = clock.now();
    if (now - (saidAt.get(topic) ?? Number.NEGATIVE_INFINITY) < dayMs) return;
    saidAt.set(topic, now);
    say(text);
  };
}
