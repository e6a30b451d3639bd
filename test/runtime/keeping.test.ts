import assert from 'node:assert/strict';
import { demo, type Emulator, type SeenRequest, startEmulator } from '../../src/emulator';
import { configNodes, delivered, itemNodes, startFlow, stopFlow } from '../support/runtime-flow';

const [freezer] = demo.cases;

/** A message for each item node, and what of it makes another item. */
const messages = {
  comment: { payload: 'Too hot' },
  contact: { payload: demo.contactArn },
  file: { payload: demo.fileArn },
  sla: {
    payload: { name: 'First response', targetSlaMinutes: 60, fieldId: 'status', targetFieldValues: 'closed' },
  },
  'connect-case': { payload: demo.cases[1].id },
  custom: { payload: { Machine: 'Freezer 7', 'Temperature in °C': -11.5 } },
};

describe('an item node that keeps what is there', () => {
  let emulator: Emulator;
  let seen: SeenRequest[];
  beforeEach(async () => {
    seen = [];
    emulator = await startEmulator({ quota: 'unlimited', onRequest: (request) => seen.push(request) });
  });
  afterEach(async () => {
    await stopFlow();
    await emulator.close();
  });

  for (const [base, message] of Object.entries(messages)) {
    it(`adds the item of "${base}" once, also after a restart, and gives its ARN each time`, async () => {
      const location = { region: 'us-east-1', domainId: demo.domainId };
      const flow = [...configNodes(emulator.url, location), ...itemNodes(base, { repeat: 'keep' })];
      const arns = new Set<unknown>();
      for (const existing of [undefined, true]) {
        await startFlow(flow);
        const { payload, relatedItem } = await delivered({ caseId: freezer.id, ...message });
        assert.equal((relatedItem as { existing?: true }).existing, existing);
        arns.add(payload);
        await stopFlow();
      }
      assert.equal(arns.size, 1);
      assert.equal(seen.filter(({ operation }) => operation === 'CreateRelatedItem').length, 1);
    });
  }
});
