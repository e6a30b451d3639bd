import assert from 'node:assert/strict';
import { demo } from '../../src/emulator';
import { deployed, freezer, pump } from '../support/running';

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
