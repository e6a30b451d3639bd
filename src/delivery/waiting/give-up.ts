import type { CasesError } from '../../errors/errors';
import type { Deadlines } from './deadlines';
import type { Message, WaitingRoom } from './waiting';

/** Promises settled in one go where many are; the event loop has a turn in between. */
const settledAtOnce = 256;

/** Rejects what waits past its deadline; true where there is more. What is under way is judged later. */
export function giveUpLate(
  room: WaitingRoom,
  deadlines: Deadlines,
  now: number,
  error: () => CasesError,
): boolean {
  for (let count = 0; count < settledAtOnce; count += 1) {
    const message = deadlines.takeDue(now);
    if (!message) return false;
    if (message.place !== 'waiting') continue;
    room.dropHead(message.lane);
    refuse(message, error());
  }
  return true;
}

/** Rejects what waits; true where there is more. */
export function giveUpAll(room: WaitingRoom, error: () => CasesError): boolean {
  for (const message of room.drain(settledAtOnce)) {
    refuse(message, error());
  }
  return room.size > 0;
}

function refuse(message: Message, error: CasesError): void {
  message.place = 'settled';
  message.reject(error);
}
