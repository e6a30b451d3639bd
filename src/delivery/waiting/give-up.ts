import type { CasesError } from '../../errors/errors';
import type { Deadlines } from './deadlines';
import type { Lanes } from './lanes';
import type { Message } from './message';

/** Promises settled in one go where many are; the event loop has a turn in between. */
const settledAtOnce = 256;

/** Rejects what waits past its deadline; true where there is more. What is under way is judged later. */
export function giveUpLate(
  lanes: Lanes,
  deadlines: Deadlines,
  now: number,
  error: () => CasesError,
): boolean {
  for (let count = 0; count < settledAtOnce; count += 1) {
    const message = deadlines.takeDue(now);
    if (!message) return false;
    if (message.place !== 'waiting') continue;
    lanes.dropHead(message.lane);
    refuse(message, error());
  }
  return true;
}

/** Rejects what waits; true where there is more. */
export function giveUpAll(lanes: Lanes, error: () => CasesError): boolean {
  for (const message of lanes.drain(settledAtOnce)) {
    refuse(message, error());
  }
  return lanes.size > 0;
}

function refuse(message: Message, error: CasesError): void {
  message.place = 'settled';
  message.reject(error);
}
