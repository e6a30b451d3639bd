import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectCasesClient, ListDomainsCommand } from '@aws-sdk/client-connectcases';
import { version } from '../../package.json';
import { demo, exampleKeys } from '../../src/emulator';
import { readCommandLine } from '../../src/emulator/command-line';

describe('the command connect-cases-emulator', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/emulator/cli.ts', ...args]);
    started.push(child);
    const output = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      output.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.err += chunk;
    });
    return { child, output };
  };
  const ended = async (...args: string[]) => {
    const { child, output } = run(...args);
    const [code] = await once(child, 'close');
    return { code, ...output };
  };
  /** Waits for the address that the command prints. */
  const address = async ({ child, output }: ReturnType<typeof run>): Promise<string> => {
    for (;;) {
      const [url] = /http:\S+/.exec(output.out) ?? [];
      if (url) return url;
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    }
  };

  /** Windows has no signals: there, `kill` ends a process at once. */
  const stops = async (child: ChildProcess, signal: NodeJS.Signals) => {
    child.kill(signal);
    assert.deepEqual(await once(child, 'close'), process.platform === 'win32' ? [null, signal] : [0, null]);
  };

  it('starts, says where it listens, verifies signatures and stops at a signal', async () => {
    const command = run('--port', '0', '--verify-signatures', '--rate', 'unlimited');
    const endpoint = await address(command);
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(
      command.output.out,
      new RegExp(`domainId ${demo.domainId} .*\\n  caseId   ${demo.cases[0].id} `),
    );
    const client = new ConnectCasesClient({ endpoint, region: 'us-east-1', credentials: exampleKeys });
    assert.equal((await client.send(new ListDomainsCommand())).domains?.length, 1);
    client.destroy();
    await stops(command.child, 'SIGTERM');
  });
  it('starts with a seed file, and prints a line for each request without what it holds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    const file = join(folder, 'seed.json');
    writeFileSync(file, '{"domains":[{"id":"shop","name":"Shop"}]}');
    const command = run('--port', '0', '--seed-file', file, '--access-log');
    const endpoint = await address(command);
    await fetch(`${endpoint}/domains/shop`, { method: 'POST' });
    await fetch(`${endpoint}/domains/secret-id`, { method: 'POST' });
    const isLogged = () => / GetDomain 404 /.test(command.output.out);
    while (!isLogged()) await once(command.child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    assert.match(
      command.output.out,
      /^\S+Z GetDomain 200 \d+ 123456789012 us-east-1 -\n\S+Z GetDomain 404 \d+ 123456789012 us-east-1 ResourceNotFoundException\n/m,
    );
    assert.doesNotMatch(command.output.out, /secret-id/);
    assert.match(command.output.out, /^ {2}domainId shop \(Shop\)\n {2}aws connectcases/m);
    await stops(command.child, 'SIGHUP');
    rmSync(folder, { recursive: true });
  });
  it('says which port is in use, and ends with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, err } = await ended('--port', String(port));
    server.close();
    assert.equal(code, 1);
    assert.match(err, new RegExp(`Port ${port} is in use`));
  });
  it('says what is wrong with its options, and ends with 2', async () => {
    const { code, err } = await ended('--prot', '0');
    assert.equal(code, 2);
    assert.match(err, /'--prot'.*\n.*--help/s);
  });
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.com', '127.0.0.1.example.com']) {
    it(`does not listen on ${host}, which is not loopback, unless it is allowed to, and ends with 1`, async () => {
      const { code, out, err } = await ended('--port', '0', '--host', host);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /is not loopback.*--allow-remote/);
    });
  }
  it('warns where it lets other machines in', async () => {
    const command = run('--port', '0', '--host', '0.0.0.0', '--allow-remote');
    await address(command);
    await stops(command.child, 'SIGINT');
    assert.match(command.output.err, /Warning: 0\.0\.0\.0 lets other machines/);
  });

  describe('reads', () => {
    it('help and version', () => {
      assert.match(JSON.stringify(readCommandLine(['--help'])), /--verify-signatures/);
      assert.deepEqual(readCommandLine(['--version']), { print: `${version}\n` });
    });
    it('quota, faults and keys', () => {
      const { start } = readCommandLine([
        ...[
          '--rate',
          '50',
          '--burst',
          '20',
          '--fault',
          'lost:0.1',
          '--fault',
          'lag:2',
          '--deny',
          'cases:GetCase',
        ],
        ...['--access-key-id', 'A', '--secret-access-key', 'B', '--data', 'cases.json', '--no-limits'],
      ]) as { start: object };
      assert.deepEqual(start, {
        port: 4510,
        host: '127.0.0.1',
        dataFile: 'cases.json',
        quota: { perSecond: 50, burst: 20 },
        latencyMs: 0,
        faults: ['lost:0.1', 'lag:2'],
        seed: 1,
        limits: 'unlimited',
        deny: ['cases:GetCase'],
        account: '123456789012',
        verifySignatures: false,
        credentials: { accessKeyId: 'A', secretAccessKey: 'B' },
      });
    });
    it('quotas of single operations', () => {
      const { start } = readCommandLine([
        ...['--rate', 'unlimited', '--quota', 'UpdateCase=2/2', '--quota', 'GetCase=unlimited'],
      ]) as { start: { quota: Record<string, unknown> } };
      const { UpdateCase, GetCase, SearchCases } = start.quota;
      assert.deepEqual(
        [UpdateCase, GetCase, SearchCases],
        [{ perSecond: 2, burst: 2 }, 'unlimited', 'unlimited'],
      );
    });
    for (const [args, message] of [
      [['--port', '70000'], /--port/],
      [['--rate', 'fast'], /--rate/],
      [['--burst', '-1'], /--burst/],
      [['--burst', '0'], /--burst/],
      [['--quota', 'GetCases=2'], /--quota/],
      [['--quota', 'GetCase=0'], /--rate/],
      [['--latency', 'x'], /--latency/],
      [['--seed-file', 'nowhere.json'], /--seed-file can't be read/],
      [['--fault', 'lots'], /is not a fault/],
      [['--fault', 'lost:0.6', '--fault', '500:0.6'], /only 1 to share/],
      [['--deny', 'bogus'], /'bogus' is no IAM action/],
      [['--account', '1'], /--account/],
      [['--region', 'Frankfurt'], /--region.*eu-central-1/],
      [['--access-key-id', 'A'], /together/],
      [['stray'], /stray/],
    ] as const) {
      it(`refuses ${args.join(' ')}`, () => assert.throws(() => readCommandLine(args), message));
    }
  });
});
