import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { overviewPath, watchSeconds } from '../../src/definition/overview/protocol';
import { median, percent, type Result, startLocal } from './local';

export const messages = 100_000;
/** How long processor time is measured, in milliseconds, and how often with and without somebody who watches. */
const measuredMs = 10_000;
const rounds = 3;

/** 100,000 messages wait while others are sent: how long the tab takes to open, and what it costs to leave it open. */
export async function watchedQueue(): Promise<Result[]> {
  return [...(await watched(1000)), ...(await watched(messages))];
}

async function watched(cases: number): Promise<Result[]> {
  const local = await startLocal(cases, { quota: 'unlimited' });
  const userDir = await mkdtemp(join(tmpdir(), 'connect-cases-bench-'));
  const nodeRed: ChildProcess = fork(
    join(__dirname, 'watched-queue.ts'),
    [userDir, local.emulator.url, `${cases}`],
    { execArgv: ['--require', 'tsx/cjs'] },
  );
  const [url] = (await once(nodeRed, 'message')) as [string];
  const ask = async (route: string, body: object = {}): Promise<unknown> => {
    const answer = await fetch(`${url}${overviewPath}/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  /** What the tab asks when it is opened, one after the other. */
  const open = async (): Promise<number> => {
    const began = performance.now();
    await ask('watch');
    await ask('waiting', { domain: 'domain', limit: 25 });
    await ask('failures', { limit: 25 });
    return performance.now() - began;
  };
  /** Share of one core that is used while `act` is done once. */
  const load = async (act: () => Promise<unknown>): Promise<number> => {
    const cpuTime = async () => {
      nodeRed.send('cpu?');
      const [microseconds] = (await once(nodeRed, 'message')) as [number];
      return microseconds;
    };
    await act();
    const before = await cpuTime();
    await pause(measuredMs);
    return ((await cpuTime()) - before) / 1000 / measuredMs;
  };
  // The first request of each kind also makes what it needs.
  await open();
  const opened: number[] = [];
  for (let count = 0; count < 5; count += 1) opened.push(await open());
  await pause(watchSeconds * 1000);
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alone = await load(async () => {});
    costs.push((await load(() => ask('watch'))) - alone);
    if (round < rounds - 1) await pause(watchSeconds * 1000 - measuredMs);
  }
  // What waits is of no use: it is not given back message by message.
  nodeRed.kill('SIGKILL');
  await once(nodeRed, 'exit');
  await rm(userDir, { recursive: true });
  await local.close();
  const longest = Math.max(...opened);
  const cost = median(costs);
  return [
    {
      name: `the overview of 100,000 messages that wait for ${cases} cases, while 10 a second are sent`,
      plain: '',
      ours: `opens in ${longest.toFixed(0)} ms, left open it takes ${percent(Math.max(0, cost))} of a core (median of ${rounds})`,
      toReach: 'under 300 ms, under 1 % of a core',
      reached: longest < 300 && cost < 0.01,
    },
  ];
}
