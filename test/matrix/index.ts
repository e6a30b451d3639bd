/**
 * `npm run test:matrix`: the tests that Node-RED's version matters to, on each that the package supports;
 * `npm run test:matrix -- 5` on that one alone.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const modules = resolve(__dirname, 'node_modules');

/** Which Node-RED runs on which Node.js; nothing: those of this project. */
const matrix = [
  { version: '4.1', name: 'Node-RED 4.1, Node.js of this machine', env: {} },
  {
    version: '5',
    name: 'Node-RED 5, Node.js 24',
    env: { NODE_RED: resolve(modules, 'node-red'), NODE_RED_NODE: resolve(modules, 'node/bin/node') },
  },
];

const everyRun = '--no-config --require tsx/cjs --reporter ./test/support/second-tries.ts --timeout 20000';

const wanted = process.argv.slice(2);
const unknown = wanted.find((asked) => !matrix.some(({ version }) => version === asked));
if (unknown) {
  const known = matrix.map(({ version }) => version).join(', ');
  console.error(`Node-RED ${unknown} is not in the matrix; it has: ${known}`);
  process.exit(2);
}

const inEditor = ['test/{editor,examples,package,security}/*.test.ts'];
/**
 * What waits for a disk, a quota or a process that was killed, and so can run side by side: in the order of how long
 * they take.
 */
const waiting = [
  'test/{kill,instances}/*.test.ts',
  'test/restart/waiting-*.test.ts',
  'test/restart/!(waiting-*).test.ts',
  'test/delivery/{restarts,store/*}.test.ts',
];

for (const { version, name, env } of matrix) {
  if (wanted.length > 0 && !wanted.includes(version)) continue;
  console.log(`\n${name}`);
  const run = (node: string, jobs: number, files: readonly string[]) => {
    const options = `${everyRun} --parallel --jobs ${jobs}`.split(' ');
    const { status } = spawnSync(node, [require.resolve('mocha/bin/mocha.js'), ...options, ...files], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    if (status !== 0) process.exitCode = 1;
  };
  run(process.execPath, 2, inEditor);
  // Only this Node.js is sure to have SQLite.
  if ('NODE_RED_NODE' in env) run(env.NODE_RED_NODE, 4, waiting);
}
