/**
 * `npm run bench [-- WORD ...]`: the figures of docs/measurements.md beside those of the plain SDK in the same run,
 * or only the rows whose short name (the keys below) has one of the words in it.
 */
import { setFlagsFromString } from 'node:v8';
import { alarmsToCases } from './alarms';
import { onDisk } from './disk';
import { lostAnswers } from './faults';
import { throughNodeRed } from './flow';
import type { Result, Row } from './local';
import { watchedQueue } from './overview';
import { alertStorm, burstOfComments, raisedQuota } from './quota';
import { reading } from './reading';
import { sharedAlarms } from './shared-alarms';
import { nodeRedStart } from './start';
import { twoProcesses } from './two-processes';
import { manyWaiting } from './waiting';

/** These need the processor for themselves. */
const alone: Readonly<Record<string, Row>> = {
  start: nodeRedStart,
  reading,
  waiting: manyWaiting,
  disk: onDisk,
  flow: throughNodeRed,
  burst: burstOfComments,
  overview: watchedQueue,
  instances: sharedAlarms,
};
/** These wait for a quota most of the time, so they run side by side. */
const together: Readonly<Record<string, Row>> = {
  raised: raisedQuota,
  faults: lostAnswers,
  storm: alertStorm,
  alarms: alarmsToCases,
  'two-processes': twoProcesses,
};

const words = process.argv.slice(2);
const chosen = (rows: Readonly<Record<string, Row>>): Row[] =>
  Object.entries(rows).flatMap(([name, row]) =>
    !words.length || words.some((word) => name.includes(word)) ? [row] : [],
  );

async function main(): Promise<void> {
  setFlagsFromString('--expose-gc');
  globalThis.gc = require('node:vm').runInNewContext('gc');
  const results: Result[] = [];
  for (const row of chosen(alone)) results.push(...(await row()));
  results.push(...(await Promise.all(chosen(together).map((row) => row()))).flat());
  print(results);
  process.exitCode = results.every(({ reached }) => reached) ? 0 : 1;
}

function print(results: readonly Result[]): void {
  for (const { name, beside = 'plain SDK', plain, ours, toReach, reached } of results) {
    console.log(`${reached ? '✔' : '✘'} ${name}`);
    if (plain) console.log(`    ${beside.padEnd(10)} ${plain}`);
    console.log(`    ours       ${ours}`);
    console.log(`    to reach   ${toReach}`);
  }
}

void main();
