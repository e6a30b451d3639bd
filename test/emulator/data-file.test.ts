import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateCaseCommand,
  DeleteRelatedItemCommand,
  GetCaseCommand,
  SearchCasesCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import { demo, startEmulator } from '../../src/emulator';
import { closeLocalCases, commentsOf, inFreezer, localCases, raw, refused } from '../support/local-cases';

afterEach(closeLocalCases);

describe('the data file of the local service', () => {
  let folder: string;
  let dataFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    dataFile = join(folder, 'cases.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const reads = () => readFileSync(dataFile, 'utf8');

  it('brings back cases, items and client tokens at the next start', async () => {
    const { domainId, templateId } = demo;
    const fields = [
      { id: 'title', value: { stringValue: 'Boiler leaks' } },
      { id: 'customer_id', value: { stringValue: demo.customerId } },
    ];
    const open = new CreateCaseCommand({ domainId, templateId, fields, clientToken: 'once' });
    const first = await localCases({ dataFile });
    await first.comment('a');
    await first.comment('b');
    const { caseId } = await first.client.send(open);
    await first.emulator.close();
    assert.deepEqual(readdirSync(folder), ['cases.json']);

    const second = await localCases({ dataFile });
    assert.deepEqual(await commentsOf(second), ['b', 'a']);
    assert.equal((await second.client.send(open)).caseId, caseId);
    const { totalCount } = await second.client.send(new SearchCasesCommand({ domainId }));
    assert.equal(totalCount, 4);
    await second.comment('c');
    assert.deepEqual(await commentsOf(second), ['c', 'b', 'a']);
    await second.emulator.close();
  });
  it('brings back what was changed and what was deleted, however often it is started', async () => {
    const first = await localCases({ dataFile });
    const { relatedItemId } = await first.comment('gone');
    await first.comment('stays');
    await first.client.send(new DeleteRelatedItemCommand({ ...inFreezer, relatedItemId }));
    const fields = [{ id: 'status', value: { stringValue: 'closed' } }];
    await first.client.send(new UpdateCaseCommand({ ...inFreezer, fields }));
    await first.emulator.close();
    for (let starts = 0; starts < 2; starts += 1) {
      const again = await localCases({ dataFile });
      assert.deepEqual(await commentsOf(again), ['stays']);
      const found = await again.client.send(new GetCaseCommand({ ...inFreezer, fields: [{ id: 'status' }] }));
      assert.deepEqual(found.fields, fields);
      await again.emulator.close();
    }
  });
  it('brings back what was answered to several cases at once, for a repetition', async () => {
    const request = {
      domainId: demo.domainId,
      content: { comment: { body: 'to all', contentType: 'Text/Plain' } },
      cases: [{ caseIdentifier: { caseId: inFreezer.caseId } }],
      clientToken: 'once',
    };
    const answers: unknown[] = [];
    for (let starts = 0; starts < 3; starts += 1) {
      const local = await localCases({ dataFile });
      answers.push(await (await raw(local, '/cases:batchCreateRelatedItem', request)).json());
      assert.deepEqual(await commentsOf(local), ['to all']);
      await local.emulator.close();
    }
    assert.deepEqual(answers, [answers[0], answers[0], answers[0]]);
  });
  it('has what was answered', async () => {
    const local = await localCases({ dataFile });
    await local.comment('kept');
    assert.match(reads(), /kept/);
    await local.emulator.close();
  });
  it('keeps the state of each Region apart', async () => {
    const [virginia, frankfurt] = ['us-east-1', 'eu-central-1'];
    const local = await localCases({ dataFile }, undefined, virginia);
    await local.comment('over there');
    await local.emulator.close();
    assert.deepEqual(await commentsOf(await localCases({ dataFile }, undefined, frankfurt)), []);
  });
  it('is not taken, and not overwritten, when it holds something else', async () => {
    for (const text of ['{"version":99}', 'not JSON', '']) {
      writeFileSync(dataFile, text);
      await assert.rejects(startEmulator({ dataFile }), /does not hold the state/);
      assert.equal(readFileSync(dataFile, 'utf8'), text);
    }
  });
  it('is not taken when a line of it is broken; the error says which', async () => {
    const local = await localCases({ dataFile });
    await local.comment('kept');
    await local.emulator.close();
    const whole = reads();
    const broken = [
      'null',
      '[null]',
      '["p",{"kind":"case","case":{"id":"c"}}]',
      '["p",{"kind":"case-deleted"}]',
      '["p",{"kind":"case-tags","caseId":"nope","tags":{}}]',
      '["p",{"kind":"toString"}]',
      '{',
    ];
    for (const line of broken) {
      const text = whole.replace('\n', `\n${line}\n`);
      writeFileSync(dataFile, text);
      await assert.rejects(startEmulator({ dataFile }), /line 2 is broken/, line);
      assert.equal(reads(), text);
    }
    assert.deepEqual(readdirSync(folder), ['cases.json']);
  });
  it('is read up to the line that a kill cut off', async () => {
    const first = await localCases({ dataFile });
    await first.comment('kept');
    await first.emulator.close();
    writeFileSync(dataFile, `${reads()}["123456789012/us-east-1",{"kind":"it`);
    const second = await localCases({ dataFile });
    await second.comment('next');
    await second.emulator.close();
    assert.deepEqual(await commentsOf(await localCases({ dataFile })), ['next', 'kept']);
  });
  it('has to be in a folder that exists', () =>
    assert.rejects(
      startEmulator({ dataFile: join(folder, 'nowhere', 'cases.json') }),
      /no folder .*nowhere.*create it first/,
    ));
  it('is for one service alone', async () => {
    const local = await localCases({ dataFile });
    await assert.rejects(startEmulator({ dataFile }), new RegExp(`in use by process ${process.pid}`));
    await local.emulator.close();
    const other = join(folder, 'cases.json.lock');
    writeFileSync(other, String(process.ppid));
    await assert.rejects(startEmulator({ dataFile }), new RegExp(`in use by process ${process.ppid}`));
    writeFileSync(other, '999999999');
    await (await localCases({ dataFile })).emulator.close();
  });
  it('is for one service alone, also where another container has it, in which process ids are others', async function () {
    this.timeout(60_000);
    const lock = join(folder, 'cases.json.lock');
    writeFileSync(lock, `${process.pid} another-container pid:[1]`);
    const touching = `setInterval(() => require('node:fs').utimesSync(process.argv[1], new Date(), new Date()), 500);
      console.log('touching')`;
    const other = spawn(process.execPath, ['-e', touching, lock]);
    await once(other.stdout, 'data');
    await assert.rejects(startEmulator({ dataFile }), /in use by process \d+ of another container/);
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
    await (await localCases({ dataFile })).emulator.close();
  });
  it('is for one of those that find the lock of a killed service at once', async () => {
    const left = join(folder, 'cases.json.lock');
    const rival = `${left}.${process.ppid}`;
    writeFileSync(left, '999999999');
    writeFileSync(rival, '');
    await assert.rejects(startEmulator({ dataFile }), /just taken by another process/);
    assert.deepEqual(readdirSync(folder), ['cases.json.lock', `cases.json.lock.${process.ppid}`]);
    renameSync(rival, `${left}.999999998`);
    await (await localCases({ dataFile })).emulator.close();
  });
  it('stays a link and keeps its mode', async () => {
    const link = join(folder, 'link.json');
    await (await localCases({ dataFile })).emulator.close();
    chmodSync(dataFile, 0o600);
    symlinkSync(dataFile, link);
    const local = await localCases({ dataFile: link });
    await local.comment('through the link');
    await local.emulator.close();
    assert.match(reads(), /through the link/);
    assert.equal(statSync(dataFile).mode & 0o777, 0o600);
  });
  it('gets all that is answered, also after its folder was moved away and back, or the file was deleted', async () => {
    const local = await localCases({ dataFile });
    await local.comment('before');
    renameSync(folder, `${folder}-moved`);
    await local.comment('meanwhile');
    renameSync(`${folder}-moved`, folder);
    await local.comment('after');
    rmSync(dataFile);
    await local.comment('at last');
    await local.emulator.close();
    const bodies = ['at last', 'after', 'meanwhile', 'before'];
    assert.deepEqual(await commentsOf(await localCases({ dataFile })), bodies);
  });
  it('fails a request that can not be written, and takes the next one that can', async () => {
    const local = await localCases({ dataFile });
    await local.comment('before');
    rmSync(folder, { recursive: true });
    await refused(local.comment('lost'), 'InternalServerException');
    assert.deepEqual(await commentsOf(local), ['before']);
    const again = mkdtempSync(join(tmpdir(), 'local-cases-'));
    renameSync(again, folder);
    await local.comment('after');
    await local.emulator.close();
    assert.deepEqual(await commentsOf(await localCases({ dataFile })), ['after', 'before']);
  });
});
