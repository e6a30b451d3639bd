import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateCaseCommand, SearchCasesCommand } from '@aws-sdk/client-connectcases';
import { demo, startEmulator } from '../../src/emulator';
import { commentsOf, localCases } from '../support/local-cases';

describe('the data file of the local service', () => {
  let folder: string;
  let dataFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    dataFile = join(folder, 'cases.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

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
  it('is written while the service runs', async () => {
    const local = await localCases({ dataFile });
    await local.comment('kept');
    const isKept = () =>
      readdirSync(folder).includes('cases.json') && readFileSync(dataFile, 'utf8').includes('kept');
    while (!isKept()) await new Promise((resolve) => setImmediate(resolve));
    await local.emulator.close();
  });
  it('is not taken, and not overwritten, when it holds something else', async () => {
    for (const text of ['{"version":99}', 'not JSON', '']) {
      writeFileSync(dataFile, text);
      await assert.rejects(startEmulator({ dataFile }), /does not hold the state/);
      assert.equal(readFileSync(dataFile, 'utf8'), text);
    }
  });
});
