import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const run = promisify(execFile);

describe('npm start -- --once', () => {
  it('prints the ARN of one item of each node and stops', async function () {
    this.timeout(60_000);
    const program = [require.resolve('tsx/cli'), 'src/demo/index.ts', '--once'];
    const { stdout } = await run(process.execPath, program, { cwd: root });
    const arns = stdout.split('\n').filter((line) => line.startsWith('arn:'));
    assert.equal(arns.length, 6);
    assert.equal(new Set(arns).size, 6);
    for (const arn of arns) {
      assert.match(
        arn,
        /^arn:aws:cases:us-east-1:123456789012:domain\/[^/]+\/case\/[^/]+\/related-item\/[^/]+$/,
      );
    }
  });
});
