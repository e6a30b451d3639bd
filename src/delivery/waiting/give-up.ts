import type { CasesError } from '../../errors/errors';
import type { Endings } from '../endings';
import type { Deadlines } from './deadlines';
import type { Lanes } from './lanes';

/** Messages ended in one go where many are; the event loop has a turn in between. */
export const settledAtOnce = 256;

/** Rejects what waits past its deadline; true where there is more. What is under way is judged later. */
export function giveUpLate(
  lanes: Lanes,
  deadlines: Deadlines,
  endings: Endings,
  now: number,
  error: () => CasesError,
): boolean {
  for (let count = 0; count < settledAtOnce; count += 1) {
    const message = deadlines.takeDue(now);
    if (!message) return false;
    if (message.place !== 'waiting') continue;
    lanes.drop(message);
    endings.end(message, { error: error() });
  }
  return true;
}

/** Rejects what waits; true where there is more. */
export function giveUpAll(lanes: Lanes, endings: Endings, error: () => CasesError): boolean {
  for (const message of lanes.drain(settledAtOnce)) {
    endings.end(message, { error: error() });
  }
  return lanes.size > 0;
}
