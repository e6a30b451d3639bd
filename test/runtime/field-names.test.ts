import assert from 'node:assert/strict';
import { install } from '@sinonjs/fake-timers';
import helper from 'node-red-node-test-helper';
import { demo, type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator';
import { configNodes, delivered, itemNodes, refused, startFlow, stopFlow } from '../support/runtime-flow';

const { fields, userArn } = demo;
const [freezer] = demo.cases;
const lists = ['ListFields', 'ListFieldOptions'];

describe('fields by their names', () => {
  let emulator: Emulator;
  afterEach(async () => {
    await stopFlow();
    await emulator.close();
  });

  async function start(
    base: string,
    options: EmulatorOptions = {},
    item: object = {},
    domain: object = {},
  ): Promise<void> {
    emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited', ...options });
    await startFlow([
      ...configNodes(emulator.url, { domainId: demo.domainId, region: 'us-east-1', ...domain }),
      ...itemNodes(base, { caseId: freezer.id, caseIdType: 'str', ...item }),
    ]);
  }
  const asked = (...operations: string[]) =>
    emulator.requests.filter(({ operation }) => operations.includes(operation));
  /** The content that the service was asked to create last. */
  const made = () => JSON.parse(asked('CreateRelatedItem').at(-1)?.body ?? '{}').content;
  /** Resolves when so many messages have come out. */
  const outs = (wanted: number) =>
    new Promise<void>((resolve) => {
      let count = 0;
      helper.getNode('out').on('input', () => {
        count += 1;
        if (count === wanted) resolve();
      });
    });
  const warnings = () => {
    const { warn } = helper.getNode('domain') as unknown as { warn: { args: unknown[][] } };
    return warn.args.map(([text]) => String(text)).filter((text) => text.includes('permission'));
  };

  describe('in a custom item', () => {
    it('become ids, and their values what the fields hold', async () => {
      await start('custom');
      await delivered({
        payload: {
          Machine: 7,
          'Temperature in °C': '-11.5',
          'Under warranty': 'true',
          'Next visit': Date.parse('2026-03-01T12:00:00Z'),
          Severity: 'High',
          [fields.technician]: userArn,
          [fields.dashboard]: 'https://example.com/7',
        },
      });
      assert.deepEqual(made().custom.fields, [
        { id: fields.machine, value: { stringValue: '7' } },
        { id: fields.temperature, value: { doubleValue: -11.5 } },
        { id: fields.underWarranty, value: { booleanValue: true } },
        { id: fields.nextVisit, value: { stringValue: '2026-03-01T12:00:00.000Z' } },
        { id: fields.severity, value: { stringValue: 'high' } },
        { id: fields.technician, value: { userArnValue: userArn } },
        { id: fields.dashboard, value: { stringValue: 'https://example.com/7' } },
      ]);
    });

    it('are looked up once for many messages', async () => {
      await start('custom');
      for (const Severity of ['Low', 'High', 'low']) await delivered({ payload: { Machine: 'x', Severity } });
      assert.deepEqual(
        asked(...lists).map(({ operation }) => operation),
        lists,
      );
    });

    it('may come in rows of the node', async () => {
      const rows = [{ id: 'Temperature in °C', value: '4', valueType: 'str' }];
      await start('custom', {}, { fieldsType: 'rows', rows });
      await delivered({ payload: 'x' });
      assert.deepEqual(made().custom.fields, [{ id: fields.temperature, value: { doubleValue: 4 } }]);
    });

    const refusals: readonly [string, object, string, RegExp][] = [
      ['a name that no field has', { Temprature: 1 }, 'custom.fields[0].id', /nearest: "Temperature in °C"/],
      [
        'a value of another type',
        { Machine: 'x', 'Temperature in °C': 'warm' },
        'custom.fields[1].value',
        /"Temperature in °C" \(Number\) and has to be a number, but is "warm"/,
      ],
      ['an option that is none', { Severity: 'Hihg' }, 'custom.fields[0].value', /nearest: "High"/],
      ['an option that is not used any more', { Severity: 'panic' }, 'custom.fields[0].value', /no option/],
      [
        'a field that is named twice',
        { Machine: 'x', [fields.machine]: 'y' },
        'custom.fields[1].id',
        /given already/,
      ],
    ];
    for (const [what, payload, field, message] of refusals) {
      it(`are refused before anything is created: ${what}`, async () => {
        await start('custom');
        const error = await refused({ payload });
        assert.deepEqual([error.code, error.field], ['INVALID_INPUT', field]);
        assert.match(String(error.message), message);
        assert.equal(asked('CreateRelatedItem').length, 0);
      });
    }

    it('keep the order of their messages', async () => {
      await start('custom', { latencyMs: 20 });
      const all = ['a', 'b', 'c', 'd'];
      const last = outs(all.length);
      for (const [index, text] of all.entries()) {
        const payload = index % 2 ? { [fields.notes]: text } : { Machine: text, Severity: 'Low' };
        helper.getNode('item').receive({ payload } as never);
      }
      await last;
      const created = asked('CreateRelatedItem').map(({ body }) => JSON.parse(body).content.custom.fields[0]);
      assert.deepEqual(
        created.map(({ value }) => value.stringValue),
        all,
      );
    });
  });

  it('make no more messages wait than the domain allows', async () => {
    await start('custom', { faults: ['ListFields=500'] }, {}, { maxWaiting: 2 });
    const payload = { Machine: 'x' };
    for (let waiting = 0; waiting < 2; waiting += 1) helper.getNode('item').receive({ payload } as never);
    const last = outs(2);
    assert.equal((await refused({ payload })).code, 'QUEUE_FULL');
    emulator.setFaults([]);
    await last;
  });

  describe('in an SLA', () => {
    it('become the id of the field and the value of the option', async () => {
      await start('sla');
      await delivered({
        payload: { name: 'First', targetSlaMinutes: 5, fieldId: 'Status', targetFieldValues: 'Closed' },
      });
      const { fieldId, targetFieldValues } = made().sla.slaInputConfiguration;
      assert.deepEqual([fieldId, targetFieldValues], ['status', [{ stringValue: 'closed' }]]);
    });
    it('are refused by the path of the SLA', async () => {
      await start('sla');
      const error = await refused({
        payload: { name: 'First', targetSlaMinutes: 5, fieldId: 'status', targetFieldValues: 'Done' },
      });
      assert.equal(error.field, 'sla.slaInputConfiguration.targetFieldValues[0]');
      assert.ok(!String(error.message).includes('First'), 'the name of an SLA is sensitive');
    });
    it('are not looked up where there is none', async () => {
      await start('sla');
      await delivered({ payload: { name: 'First', targetSlaMinutes: 5 } });
      assert.equal(asked(...lists).length, 0);
    });
  });

  describe('in a case', () => {
    it('become ids when it is updated, and names when it is read', async () => {
      await start('update-case', {}, { fieldsType: 'msg', fields: 'payload' });
      await delivered({ payload: { Machine: 'Freezer 7', Status: 'Closed', 'Temperature in °C': '-3' } });
      assert.deepEqual(JSON.parse(asked('UpdateCase').at(-1)?.body ?? '{}').fields, [
        { id: fields.machine, value: { stringValue: 'Freezer 7' } },
        { id: 'status', value: { stringValue: 'closed' } },
        { id: fields.temperature, value: { doubleValue: -3 } },
      ]);
      await stopFlow();
      await startFlow([
        ...configNodes(emulator.url, { domainId: demo.domainId, region: 'us-east-1' }),
        ...itemNodes('get-case', { caseId: freezer.id, caseIdType: 'str' }),
      ]);
      const { payload } = await delivered({});
      const { Machine, Status } = (payload as { fields: Record<string, unknown> }).fields;
      assert.deepEqual([Machine, Status], ['Freezer 7', 'closed']);
    });
    it('are refused where they are no fields, and so is an id that can be none', async () => {
      await start(
        'update-case',
        {},
        { fieldsType: 'msg', fields: 'payload', caseIdType: 'msg', caseId: 'caseId' },
      );
      const { field, message } = await refused({ caseId: freezer.id, payload: { Machin: 'x' } });
      assert.equal(field, 'fields.Machin.id');
      assert.match(String(message), /nearest: "Machine"/);
      const misspelt = await refused({ caseId: freezer.id, payload: { 'Next visot': 'x' } });
      assert.equal(misspelt.field, 'fields["Next visot"].id');
      assert.equal((await refused({ caseId: '..', payload: { Machine: 'x' } })).field, 'caseId');
      await delivered({ caseId: ` ${freezer.id}\n`, payload: { Machine: 'x' } });
    });
  });

  describe('without the permission to list them', () => {
    it('are taken for ids, which is said once', async () => {
      await start('custom', { deny: ['cases:ListFields'] });
      for (const text of ['a', 'b']) await delivered({ payload: { [fields.machine]: text } });
      assert.equal((await refused({ payload: { Machine: 'x' } })).code, 'VALIDATION');
      assert.equal(warnings().length, 1);
      assert.match(warnings()[0] ?? '', /lack the permission cases:ListFields.*Add it to the IAM policy/);
      assert.equal(asked('ListFields').length, 1);
    });
    it('have options that are taken for values', async () => {
      await start('custom', { deny: ['cases:ListFieldOptions'] });
      await delivered({ payload: { Severity: 'high' } });
      assert.match(warnings()[0] ?? '', /cases:ListFieldOptions/);
    });
  });

  it('that are ids do not wait for a list that does not come', async () => {
    await start('custom', { faults: ['ListFields=500'] });
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    try {
      const end = delivered({ payload: { [fields.temperature]: 4 } });
      await clock.tickAsync(6_000);
      await end;
    } finally {
      clock.uninstall();
    }
    assert.deepEqual(made().custom.fields, [{ id: fields.temperature, value: { doubleValue: 4 } }]);
  });
});
