import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { type Deployed, deployed, freezer, pump, stopRunning } from './running';

after(stopRunning);

const address = 'attach-file';

describe('the example for files', function () {
  this.timeout(60_000);
  let flow: Deployed;

  before(async () => {
    flow = await deployed('stories/webhook-to-attached-file');
  });

  it('attaches the file to the case and answers with the ARN of the item', async () => {
    const { status, body } = await flow.post(address, { caseId: pump.id, fileArn: demo.fileArn });
    assert.equal(status, 201);
    const [item] = flow.made;
    assert.equal(item?.caseId, pump.id);
    assert.deepEqual(item?.content, { file: { fileArn: demo.fileArn } });
    const { relatedItemArn } = JSON.parse(body) as { relatedItemArn: string };
    assert.ok(relatedItemArn.endsWith(`/case/${pump.id}/related-item/${item?.id}`), relatedItemArn);
  });

  it('answers 400 with the reason', async () => {
    const { status, body } = await flow.post(address, { caseId: pump.id });
    assert.equal(status, 400);
    const { code, message } = JSON.parse(body) as { code: string; message: string };
    assert.equal(code, 'INVALID_INPUT');
    assert.match(message, /^msg\.payload\.fileArn is missing/);
  });

  it('is tried with its button and its curl line', async () => {
    const before = flow.made.length;
    await flow.press();
    assert.equal((await flow.items(before + 1)).at(-1)?.caseId, freezer.id);
    await flow.shows('the answer', /^201: \{"relatedItemArn":"arn:/);
    const { status } = await flow.curl({ 'A-CASE-ID': pump.id, 'THE-ARN-OF-A-FILE': demo.fileArn });
    assert.equal(status, 201);
  });

  it('attaches nothing where case or file is missing', async () => {
    const before = flow.made.length;
    for (const caseId of [null, '', undefined])
      assert.equal((await flow.post(address, { caseId, fileArn: demo.fileArn })).status, 400);
    for (const strange of ['a text', { caseId: pump.id, fileArn: null }, { caseId: pump.id, fileArn: 7 }])
      assert.equal((await flow.post(address, strange)).status, 400);
    assert.equal(flow.made.length, before);
  });
});
