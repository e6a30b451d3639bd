/** `npm run test:matrix`: the tests that Node-RED's version matters to, on each that the package supports. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const modules = resolve(__dirname, 'node_modules');

/** Which Node-RED runs on which Node.js; nothing: those of this project. */
const matrix = [
  { name: 'Node-RED 4.1, Node.js of this machine', env: {} },
  {
    name: 'Node-RED 5, Node.js 24',
    env: { NODE_RED: resolve(modules, 'node-red'), NODE_RED_NODE: resolve(modules, 'node/bin/node') },
  },
];

for (const { name, env } of matrix) {
  console.log(`\n${name}`);
  const mocha = require.resolve('mocha/bin/mocha.js');
  const { status } = spawnSync(
    process.execPath,
    [mocha, '--no-config', '--require', 'tsx/cjs', 'test/{editor,examples,package,security}/*.test.ts'],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  );
  if (status !== 0) process.exitCode = 1;
}
