import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { percent, type Result, startLocal } from './local';

const quota = { perSecond: 10, burst: 20 };
const runSeconds = 60;

/** Two processes share one account without knowing of each other. */
export async function twoProcesses(): Promise<Result[]> {
  const local = await startLocal(2, { quota });
  const processes = local.caseIds.map((caseId) => startPusher(local.emulator.url, caseId));
  await Promise.all(processes.map(({ stdout }) => stdout && once(stdout, 'data')));
  const began = itemsOf(local);
  for (const { stdin } of processes) stdin?.write('go\n');
  await pause(runSeconds * 1000);
  const counts = itemsOf(local).map((items, index) => items - (began[index] ?? 0));
  for (const each of processes) each.kill();
  await Promise.all(processes.map((each) => each.exitCode === null && once(each, 'exit')));
  await local.close();
  const [first = 0, second = 0] = counts;
  const used = (first + second) / (quota.burst + quota.perSecond * runSeconds);
  const smaller = Math.min(first, second) / (first + second);
  return [
    {
      name: 'two processes on one account, 10/s, rate auto, 60 s',
      plain: '',
      ours: `${percent(used)} of the quota, the smaller share ${percent(smaller)}`,
      toReach: 'at least 90 %, none under 35 %',
      reached: used >= 0.9 && smaller >= 0.35,
    },
  ];
}

const itemsOf = ({ emulator, caseIds }: Awaited<ReturnType<typeof startLocal>>): number[] =>
  caseIds.map((id) => emulator.service.state.cases.get(id)?.items.length ?? 0);

function startPusher(url: string, caseId: string): ChildProcess {
  return spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'pusher.ts'), url, caseId], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
