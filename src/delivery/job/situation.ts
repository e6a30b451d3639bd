import type { Packed } from '../packing/packed';
import type { Doubt } from '../store/message-store';
import type { JobContext } from './context';
import { ambiguousFor, type Situation } from './next-step';

/** What the next step of a request depends on besides its failure. */
export function situationOf(context: JobContext, packed: Packed): Situation {
  const { settings, isClosing, isLeaving } = context;
  return {
    ambiguous: ambiguousFor(packed.rules, settings),
    late: isLate(context, packed),
    closing: isClosing(),
    leaving: isLeaving(),
    attempts: packed.attempts,
    retries: packed.lane.retries,
  };
}

export const isLate = ({ clock }: JobContext, { deadline }: Packed): boolean => deadline <= clock.now();

/** Gives when an earlier run lost its request, as well as can be known by then. */
export const lostAtOf = ({ clock, service }: JobContext, { lastSentAt }: Doubt): (() => number) => {
  const latest = clock.now();
  return () => Math.min(latest, clock.now() - (service.serverTime() - lastSentAt));
};
