import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, startEmulator } from '../../src/emulator';

/** Many more than here: KILLS=50 npx mocha … */
const kills = Number(process.env.KILLS ?? 2);
const path = `/domains/${demo.domainId}/cases/${demo.cases[0].id}/related-items/`;

describe('the data file of the local service under kill -9', function () {
  this.timeout(20_000 + kills * 10_000);
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the service on `file`, writes comments from many sides, and kills it after `writes` answers. */
  async function writeAndKill(file: string, round: number, writes: number): Promise<string[]> {
    const options = ['--port', '0', '--rate', 'unlimited', '--no-limits', '--data', file];
    const service = spawn(process.execPath, ['--import', 'tsx', 'src/emulator/cli.ts', ...options]);
    child = service;
    let printed = '';
    while (!/http:\S+/.test(printed)) printed += String((await once(service.stdout, 'data'))[0]);
    const [url] = /http:\S+/.exec(printed) ?? [];
    const answered: string[] = [];
    const side = async (number: number) => {
      for (let count = 0; ; count += 1) {
        const body = `round ${round} side ${number} comment ${count}`;
        const request = { type: 'Comment', content: { comment: { body, contentType: 'Text/Plain' } } };
        const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(request) });
        await response.text();
        answered.push(body);
        if (answered.length === writes) service.kill('SIGKILL');
      }
    };
    const sides = Array.from({ length: 10 }, (_, number) => side(number).catch(() => undefined));
    await once(service, 'exit');
    await Promise.all(sides);
    return answered;
  }

  it(`has every comment that was answered, once, after ${kills} kills`, async () => {
    const file = join(folder, 'cases.json');
    const answered: string[] = [];
    for (let round = 0; round < kills; round += 1) {
      answered.push(...(await writeAndKill(file, round, 150 + 37 * (round % 5))));
    }
    const emulator = await startEmulator({ dataFile: file });
    const kept = (emulator.service.state.cases.get(demo.cases[0].id)?.items ?? []).map((item) =>
      String(item.content.comment?.body),
    );
    await emulator.close();
    assert.equal(new Set(kept).size, kept.length);
    assert.deepEqual(
      answered.filter((body) => !kept.includes(body)),
      [],
    );
  });
});
