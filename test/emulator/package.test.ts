import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import packageJson from '../../package.json';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { readCommandLine } from '../../src/emulator/command-line';

const root = resolve(__dirname, '../..');
const published = packageJson.exports['./emulator'];

describe('the local service for programs', () => {
  it('is what the package exports: several run in one process', async () => {
    const exported = require(join(root, published.default)) as { startEmulator: typeof startEmulator };
    const running: Emulator[] = [];
    for (let count = 0; count < 2; count += 1) running.push(await exported.startEmulator());
    running[0]?.setFaults(['*=503']);
    const status = async ({ url }: Emulator) =>
      (await fetch(`${url}/domains-list`, { method: 'POST' })).status;
    assert.deepEqual(await Promise.all(running.map(status)), [503, 200]);
    await Promise.all(running.map((emulator) => emulator.close()));
  });

  it('is imported by the name of the package, from ES modules, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    const scope = join(folder, 'node_modules', dirname(packageJson.name));
    mkdirSync(scope, { recursive: true });
    symlinkSync(root, join(folder, 'node_modules', packageJson.name), 'junction');
    const program = `
      import { demo, startEmulator } from '${packageJson.name}/emulator';
      const cases = await startEmulator();
      console.log(demo.domainId, (await fetch(cases.url + '/_local/health')).status);
      await cases.close();`;
    writeFileSync(join(folder, 'program.mjs'), program);
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder });
    assert.equal(stdout, `${demo.domainId} 200\n`);
    rmSync(folder, { recursive: true });
  });

  describe('has types', function () {
    this.timeout(60_000);
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** What the compiler says of a program that knows no other package. */
    const compile = (text: string): string[] => {
      const file = join(folder, 'program.ts');
      writeFileSync(
        file,
        `import { demo, startEmulator } from ${JSON.stringify(join(root, published.types.replace(/\.d\.ts$/, '.js')))};\n${text}`,
      );
      const program = ts.createProgram([file], {
        strict: true,
        noEmit: true,
        types: [],
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
      });
      return ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    };

    it('that need no other package', () => {
      const program = `
        async function main(): Promise<string> {
          const cases = await startEmulator({ faults: ['lost:0.1'], quota: { UpdateCase: 'unlimited' }, content: {} });
          cases.behave({ latencyMs: 20, offline: false });
          cases.reset();
          const [seen] = cases.requests;
          await cases.close();
          return cases.url + demo.domainId + (seen?.operation ?? '');
        }
        void main();`;
      assert.deepEqual(compile(program), []);
    });
    it('that find mistakes', () => {
      assert.match(compile('void startEmulator({ fault: [] });').join(), /'fault' does not exist/);
    });
  });

  it('has a schema for seed files that the seed of the demo passes', () => {
    const schema = JSON.parse(readFileSync(join(root, packageJson.exports['./seed.schema.json']), 'utf8'));
    const top = schema.$defs[schema.$ref.split('/').at(-1)];
    assert.deepEqual(top.required, ['domains']);
    assert.equal(top.additionalProperties, false);
  });

  it('runs in its container with options that let others in', async () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
    const [, entry = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile) ?? [];
    const [node, , ...options] = JSON.parse(entry) as string[];
    assert.equal(node, 'node');
    const command = readCommandLine([...options, '--port', '0']);
    assert.ok('start' in command);
    const emulator = await startEmulator(command.start);
    const { status } = await fetch(`${emulator.url}/_local/health`, { headers: { host: 'cases.test:4510' } });
    assert.equal(status, 200);
    await emulator.close();
  });
});
