import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { hasMosquitto } from '../instances/mosquitto';
import { percent, type Result } from './local';

const matrix = resolve(__dirname, '../matrix/node_modules');
const nodeRed5 = { NODE_RED: join(matrix, 'node-red'), NODE_RED_NODE: join(matrix, 'node/bin/node') };

/** Three Node-REDs share the alarms of one broker, two of them are killed: how much of the account's quota they use. */
export async function sharedAlarms(): Promise<Result[]> {
  const row = {
    name: 'three Node-REDs share alarms, one killed, one moved',
    plain: '',
    toReach: 'at least 90 % of the quota',
  };
  if (!hasMosquitto || !existsSync(nodeRed5.NODE_RED_NODE)) {
    return [{ ...row, ours: 'no Mosquitto or no Node-RED 5 here (npm run test:matrix)', reached: false }];
  }
  const script = `require('../instances/shared-alarms').shareAlarms().then((came) => console.log(JSON.stringify(came)))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
    cwd: __dirname,
    env: { ...process.env, ...nodeRed5 },
  });
  const { quotaUsed, seconds, lost, doubled } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  return [
    {
      ...row,
      ours: `${percent(quotaUsed)} of the quota in ${seconds.toFixed(1)} s, ${lost.length} lost, ${doubled.length} doubled`,
      reached: quotaUsed >= 0.9 && lost.length + doubled.length === 0,
    },
  ];
}
