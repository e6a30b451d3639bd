import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { casesAbout, deployed, freezer, pump, running, stopRunning } from './running';

after(stopRunning);

const { machine, temperature, underWarranty } = demo.fields;

/** What pressing the button of each small example puts on the case. */
const expected = {
  'create-comment': {
    comment: { body: 'Freezer 7 is at -11 °C, the limit is -18 °C.', contentType: 'Text/Plain' },
  },
  'link-contact': { contact: { contactArn: /^arn:aws:connect:.+\/contact\/[0-9a-f-]{36}$/ } },
  'attach-file': { file: { fileArn: /^arn:aws:connect:.+\/file\/[0-9a-f-]{36}$/ } },
  'add-sla': {
    sla: {
      slaInputConfiguration: {
        name: 'First response',
        type: 'CaseField',
        fieldId: 'status',
        targetFieldValues: [{ stringValue: 'closed' }],
        targetSlaMinutes: 60,
      },
    },
  },
  'link-case': { connectCase: { caseId: pump.id } },
  'custom-item': {
    custom: {
      fields: [
        { id: machine, value: { stringValue: 'Freezer 7' } },
        { id: temperature, value: { doubleValue: -11 } },
        { id: underWarranty, value: { booleanValue: true } },
      ],
    },
  },
} as const;

describe('the example of each node', function () {
  this.timeout(60_000);

  for (const [name, content] of Object.entries(expected)) {
    it(`${name}: one press, one item on the case`, async () => {
      const flow = await deployed(`nodes/${name}`);
      await flow.press();
      const [item] = await flow.items(1);
      assert.equal(item?.caseId, freezer.id);
      matches(item?.content, content);
      await flow.shows('what was made', new RegExp(`^${item?.type} ${item?.id}$`));
    });
  }
});

describe('the example of each node of a case', function () {
  this.timeout(60_000);

  it('find-or-create-case: the first alarm makes the case, the next one finds it', async () => {
    const flow = await deployed('nodes/find-or-create-case');
    await flow.press();
    await flow.shows('found or made', /^made case \d+, /);
    await flow.press();
    await flow.shows('found or made', /^found case \d+, /);
    assert.equal((await casesAbout('boiler-3')).length, 1);
  });

  it('find-cases: finds the case whose title has the word', async () => {
    const flow = await deployed('nodes/find-cases');
    await flow.press();
    // The examples before it may have made cases of other freezers.
    await flow.shows('what was found', new RegExp(`^\\d+ found: .*${freezer.id}`));
  });

  it('get-case: reads a case', async () => {
    const flow = await deployed('nodes/get-case');
    await flow.press();
    await flow.shows('the case', new RegExp(freezer.title));
  });

  it('update-case: closes a case, and opens it again', async () => {
    const { cases } = (await running()).emulator.service.state;
    for (const status of ['closed', 'open']) {
      const flow = await deployed('nodes/update-case');
      await flow.press(status);
      await flow.shows('what was set', new RegExp(`^status of ${freezer.id}`));
      assert.equal(cases.get(freezer.id)?.fields.status?.stringValue, status);
    }
  });
});

describe('the example of the node without an input', function () {
  this.timeout(60_000);

  it('cases-status: says what is wrong with the queue, once', async () => {
    const flow = await deployed('nodes/cases-status', (node) =>
      node.type === 'connect-cases-status' ? { ...node, seconds: 1 } : node,
    );
    await flow.press();
    await flow.shows(
      'the alarm',
      /^a bad hour: the service can not be reached; .* 42 minutes; 5200 messages wait/,
    );
    await flow.shows('the alarm', /^Cases domain: /);
  });
});

/** Like `deepEqual`, but a regular expression stands for each text that it matches. */
function matches(actual: unknown, wanted: unknown): void {
  if (wanted instanceof RegExp) assert.match(String(actual), wanted);
  else if (typeof wanted !== 'object' || wanted === null) assert.equal(actual, wanted);
  else {
    assert.deepEqual(Object.keys(actual as object).sort(), Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted))
      matches((actual as Record<string, unknown>)[key], value);
  }
}
