import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { loadSqlite } from '../../src/delivery/store/disk/file/sqlite';
import { percent, type Result } from './local';

interface Figures {
  readonly loadMs: number;
  readonly blockedMs: number;
  readonly memoryPerSecond: number;
  readonly diskPerSecond: number;
  /** Of the one to the other, in the middle of the rounds. */
  readonly share: number;
}

const matrixNode = resolve(__dirname, '../matrix/node_modules/node/bin/node');

/** A Node.js that has SQLite: this one, or that of the matrix. */
function nodeWithSqlite(): string | undefined {
  if (loadSqlite()) return process.execPath;
  return existsSync(matrixNode) ? matrixNode : undefined;
}

/** What it costs that waiting messages are on disk, and how soon they are back after a restart. */
export async function onDisk(): Promise<Result[]> {
  const load = {
    name: '100,000 messages back after a restart',
    plain: '',
    toReach: 'under 3 s, under 50 ms',
  };
  const share = {
    ...{ name: 'comments without a quota, messages on disk', beside: 'in memory' },
    toReach: 'at least 90 % of those in memory',
  };
  const node = nodeWithSqlite();
  if (!node) {
    const none = { plain: '', ours: 'no SQLite here (npm run test:matrix installs a Node.js that has it)' };
    return [load, share].map((row) => ({ ...row, ...none, reached: false }));
  }
  const service = fork(join(__dirname, 'service.ts'), { execArgv: ['--require', 'tsx/cjs'] });
  const figures = await measure(node, service);
  service.kill();
  const { loadMs, blockedMs, memoryPerSecond, diskPerSecond } = figures;
  return [
    {
      ...load,
      ours: `${(loadMs / 1000).toFixed(2)} s, loop blocked ${blockedMs.toFixed(0)} ms at most`,
      reached: loadMs < 3000 && blockedMs < 50,
    },
    {
      ...share,
      plain: `${Math.round(memoryPerSecond)}/s`,
      ours: `${Math.round(diskPerSecond)}/s, ${percent(figures.share)} in the middle of the rounds`,
      reached: figures.share >= 0.9,
    },
  ];
}

async function measure(node: string, service: ChildProcess): Promise<Figures> {
  const [url] = (await once(service, 'message')) as [string];
  const run = ['--expose-gc', '--require', 'tsx/cjs', join(__dirname, 'disk-run.ts'), url];
  const { stdout } = await promisify(execFile)(node, run);
  return JSON.parse(stdout) as Figures;
}
