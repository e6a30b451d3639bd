import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import nodeRed from 'node-red/package.json';
import { palette } from '../../nodes/palette';
import { reporters } from '../../nodes/reporters';
import { nodeType } from '../../src/definition/node-type';
import matrix from '../matrix/package-lock.json';
import { installPacked } from '../support/pack';

const run = promisify(execFile);
const latest = matrix.packages['node_modules/node-red'];

/** What the checker asks for: who else is in the catalogue, and which versions of Node-RED there are. */
const answers = {
  'https://catalogue.nodered.org/catalogue.json': { modules: [] },
  'https://registry.npmjs.org/node-red': {
    'dist-tags': { latest: latest.version, 'v4-maintenance': nodeRed.version },
    versions: { [latest.version]: { engines: latest.engines } },
  },
};

type ScoreCard = Readonly<
  Record<string, { readonly test: boolean; readonly nodes?: string[]; readonly versions?: string[] }>
>;

describe("the flow library's score card (node-red-dev validate), with a catalogue that has no other package", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'connect-cases-'));
  let said: string;
  let points: ScoreCard;

  before(async () => {
    const installed = await installPacked(folder);
    const output = join(folder, 'card.json');
    const checker = [
      ...['--require', 'tsx/cjs', '--require', join(__dirname, 'answers.ts')],
      join(__dirname, 'node_modules/node-red-dev/bin/run'),
      ...['validate', '--path', installed, '--output', output],
    ];
    const root = resolve(__dirname, '../..');
    const env = { ...process.env, ANSWERS: JSON.stringify(answers) };
    const { stdout, stderr } = await run(process.execPath, checker, { cwd: root, env });
    said = stdout + stderr;
    const { package: _, ...card } = JSON.parse(readFileSync(output, 'utf8'));
    points = card;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has every point', () => {
    const all = ['P01', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'N01', 'N02', 'D01', 'D02', 'D03'];
    assert.deepEqual(Object.keys(points).sort(), all.sort(), said);
    assert.deepEqual(
      all.filter((point) => !points[point]?.test),
      [],
      said,
    );
    assert.doesNotMatch(said, /warning|error|unable/i);
  });

  it('names every node of the palette as one with an example', () => {
    assert.deepEqual(
      points.N02?.nodes?.sort(),
      [...palette, ...reporters].map(({ base }) => nodeType(base)).sort(),
    );
  });

  it('says that both versions of Node-RED will do', () => {
    assert.deepEqual(points.P06?.versions, [latest.version, nodeRed.version]);
  });
});
