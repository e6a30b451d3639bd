import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { monotonicMs } from '../disk-protocol';

/** The clocks of a machine, in milliseconds. */
export interface MachineClocks {
  /** Since some moment of this process; never goes back. */
  monotonic(): number;
  /** Since 1970, as far as somebody has set it. */
  wall(): number;
  /** Since the machine was started. */
  uptime(): number;
  /** Another each time the machine is started; empty where nothing tells. */
  readonly bootId: string;
}

const machineClocks: MachineClocks = {
  monotonic: monotonicMs,
  wall: () => Date.now(),
  uptime: () => uptime() * 1000,
  bootId: bootId(),
};

/** What all clocks showed at one moment. */
export interface ClockMark {
  /** The clock of the file. */
  readonly fileMs: number;
  readonly wallMs: number;
  readonly uptimeMs: number;
  readonly bootId: string;
  /** The service's answers said so, a short time before. */
  readonly wallIsRight: boolean;
}

/** How far clocks may drift apart while a machine runs. */
const driftMs = 60_000;

/**
 * The clock of a file: roughly milliseconds since 1970, but it never goes back and never jumps, whatever is done to
 * the machine's. A time in which nobody can tell how much has passed counts as none.
 */
export class FileClock {
  readonly #machine: MachineClocks;
  readonly #offset: number;

  /** `last`: what was written down last; where nothing was, the clock begins with the wall's, but not before `atLeast`. */
  constructor(last: ClockMark | undefined, atLeast: number, machine: MachineClocks = machineClocks) {
    this.#machine = machine;
    const start = last ? last.fileMs + passedSince(last, machine) : Math.max(machine.wall(), atLeast);
    this.#offset = start - machine.monotonic();
  }

  now(): number {
    return this.#offset + this.#machine.monotonic();
  }

  mark(wallIsRight: boolean): ClockMark {
    const { wall, uptime, bootId } = this.#machine;
    return { fileMs: this.now(), wallMs: wall(), uptimeMs: uptime(), bootId, wallIsRight };
  }
}

/** How much time has passed since a mark, as far as is sure. */
function passedSince(last: ClockMark, { wall, uptime, bootId }: MachineClocks): number {
  const sinceBoot = uptime() - last.uptimeMs;
  const byWall = wall() - last.wallMs;
  // Where nothing tells one start of the machine from another, two clocks that agree do.
  const sameBoot = last.bootId === '' ? Math.abs(byWall - sinceBoot) < driftMs : last.bootId === bootId;
  if (sameBoot && sinceBoot >= 0) return sinceBoot;
  return last.wallIsRight && byWall >= 0 ? byWall : 0;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return ''; // Only Linux has it.
  }
}
