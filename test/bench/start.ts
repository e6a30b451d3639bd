import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../package.json';
import type { Result } from './local';

/** Loads the node files of dist/ as Node-RED does at its start, and prints what that cost. */
const program = `
  const { join } = require('node:path');
  const RED = { settings: { userDir: '.' }, nodes: { registerType() {} }, httpAdmin: { get() {}, post() {} }, auth: { needsPermission: () => () => {} } };
  const bases = JSON.parse(process.argv[1]);
  gc();
  const heap = process.memoryUsage().heapUsed;
  const began = performance.now();
  for (const base of bases) require(join(process.argv[2], base + '.js'))(RED);
  const ms = performance.now() - began;
  gc();
  console.log(JSON.stringify({ ms, bytes: process.memoryUsage().heapUsed - heap }));
`;
const bases = Object.keys(packageJson['node-red'].nodes);

/** What the package adds to the start of a Node-RED whose flows have no Cases node. */
export async function nodeRedStart(): Promise<Result[]> {
  const nodes = join(__dirname, '../../dist/nodes');
  const runs: { ms: number; bytes: number }[] = [];
  for (let run = 0; run < 5; run += 1) {
    const argumentsOfNode = ['--expose-gc', '--eval', program, JSON.stringify(bases), nodes];
    const { stdout } = await promisify(execFile)(process.execPath, argumentsOfNode);
    runs.push(JSON.parse(stdout));
  }
  const { ms, bytes } = runs.toSorted((a, b) => a.ms - b.ms)[2] ?? { ms: 0, bytes: 0 };
  return [
    {
      name: 'start of Node-RED without a Cases node in a flow',
      plain: '',
      ours: `${ms.toFixed(1)} ms, ${(bytes / 1024).toFixed(0)} KB`,
      toReach: 'under 5 ms and 1 MB',
      reached: ms < 5 && bytes < 1024 * 1024,
    },
  ];
}
