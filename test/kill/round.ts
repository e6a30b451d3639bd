import { setTimeout as pause } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../src/emulator';
import { openCase } from '../../src/emulator/admin/open-case';
import { Restartable } from '../support/restartable';
import { alarms, comments } from './flows';
import { Intake } from './intake';
import { type End, judge, type Outcome } from './outcome';
import { SlowDisk } from './slow-disk';

const messages = 200;
const perSecond = 20;
const cases = 60;

/** How often Node-RED ends in a round. */
export const endsOfRound = 2;

/** What is sent, and how Node-RED ends. */
export interface Plan {
  readonly flow: 'comments' | 'alarms';
  /** A power cut leaves of the file what had surely been written; the disk is slow, so that not all has. */
  readonly end: 'kill' | 'power cut';
}

/** A tenth of the answers is lost, and what was written is found by searches a second later. */
const faults = [
  ...['lost:0.1', '500:0.05', 'lag:1'],
  ...['CreateCase=lost:0.3', 'CreateCase=500:0.05', 'UpdateCase=lost:0.1', 'UpdateCase=500:0.05'],
];

/** Sends 200 messages, 20 a second, through a Node-RED that ends twice in the middle without a warning. */
export async function killRound({ flow, end }: Plan): Promise<Outcome> {
  const requests = new Requests();
  const seed = Math.floor(Math.random() * 1e9);
  const options = { limits: 'unlimited', quota: 'unlimited', faults, seed } as const;
  const emulator = await startEmulator({ ...options, onRequest: () => requests.count() });
  const nodeRed = await Restartable.with({ comments, alarms }[flow](emulator.url));
  const disk = end === 'power cut' ? new SlowDisk(nodeRed) : undefined;
  const intake = new Intake(nodeRed, () => disk?.written ?? nodeRed.userDir);
  const ends: End[] = [];

  const endAndStart = async () => {
    const from = Date.now();
    await nodeRed.kill();
    ends.push({ from, until: Date.now() });
    intake.ended();
    disk?.cutBack();
    await nodeRed.start();
  };

  try {
    await nodeRed.start();
    let up = Promise.resolve();
    const sending = send(emulator, nodeRed, intake, () => up);
    for (let count = 0; count < endsOfRound; count += 1) {
      await requests.some();
      up = endAndStart();
      await up;
    }
    await sending;
    await allTold(intake, nodeRed, requests);
    await nodeRed.stop();
    return judge({ intake, results: nodeRed.results(), ends, cases: emulator.service.state.cases });
  } finally {
    intake.close();
    disk?.remove();
    await nodeRed.remove();
    await emulator.close();
  }
}

/** Hands each message over once. What is not answered is not sent again: the file tells whether it was accepted. */
async function send(
  { service }: Emulator,
  nodeRed: Restartable,
  intake: Intake,
  up: () => Promise<void>,
): Promise<void> {
  const caseIds = Array.from({ length: cases }, (_, index) => openCase(service, `case ${index}`));
  for (let index = 0; index < messages; index += 1) {
    await Promise.all([up(), pause(1000 / perSecond)]);
    const id = `message-${String(index).padStart(4, '0')}`;
    const place = index % cases;
    intake.handed(id);
    nodeRed
      .post({ id, payload: id, caseId: caseIds[place], device: `device ${place}` })
      .catch(() => intake.ended([id]));
  }
}

/** Whatever waits asks the service far more often, also what is in doubt for minutes since searches seem to lag. */
const longestPauseMs = 90_000;

/** Resolves once all accepted messages have come out, or the service is not asked any more. */
async function allTold(intake: Intake, nodeRed: Restartable, requests: Requests): Promise<void> {
  while (performance.now() - requests.lastAt < longestPauseMs) {
    const ids = new Set(nodeRed.results().map(({ id }) => id));
    if (intake.pending === 0 && [...intake.accepted].every((id) => ids.has(id))) return;
    await pause(100);
  }
}

/** The requests that the service gets, as what moments of a round are counted by. */
class Requests {
  lastAt = performance.now();
  #left = 0;
  #reached = () => {};

  count(): void {
    this.lastAt = performance.now();
    this.#left -= 1;
    if (this.#left === 0) this.#reached();
  }

  /** Resolves at a random moment: mostly at an answer, or soon after it. */
  async some(): Promise<void> {
    this.#left = 10 + Math.floor(Math.random() * 80);
    await new Promise<void>((resolve) => {
      this.#reached = resolve;
    });
    await pause(Math.random() * (Math.random() < 0.5 ? 5 : 200));
  }
}
