import assert from 'node:assert/strict';
import {
  ConnectCasesClient,
  CreateRelatedItemCommand,
  CreateTemplateCommand,
  DeleteCaseCommand,
} from '@aws-sdk/client-connectcases';
import helper from 'node-red-node-test-helper';
import {
  demo,
  type Emulator,
  type EmulatorOptions,
  type SeenRequest,
  startEmulator,
} from '../../src/emulator';
import { json, startCasesServer } from '../support/cases-server';
import {
  configNodes,
  delivered,
  itemNodes,
  type Message,
  refused,
  send,
  startFlow,
  statusShown,
  stopFlow,
  type TestNode,
  testKeys,
} from '../support/runtime-flow';

const { machine, temperature, severity } = demo.fields;
const [freezer, pump] = demo.cases;

let emulator: Emulator;
let seen: SeenRequest[] = [];

/** A real Node-RED with one case node, and a fresh local service. `more`: nodes besides, or in place of those usual. */
async function start(
  base: string,
  properties: object = {},
  options: EmulatorOptions = {},
  more: readonly TestNode[] = [],
): Promise<void> {
  seen = [];
  const onRequest = (request: SeenRequest) => seen.push(request);
  emulator = await startEmulator({ port: 0, quota: 'unlimited', onRequest, ...options });
  const location = { region: 'us-east-1', domainId: demo.domainId };
  const place = { z: 'tab', x: 0, y: 0 };
  const others = [{ id: 'second', type: 'helper' }, ...more].map((node) => ({ ...node, ...place }));
  const all = [...configNodes(emulator.url, location), ...itemNodes(base, properties), ...others];
  await startFlow([...new Map(all.map((node) => [node.id, node])).values()]);
}

afterEach(async () => {
  await stopFlow();
  await emulator?.close();
});

const count = (operation: string): number => seen.filter((request) => request.operation === operation).length;
/** What somebody else does with the local service. */
async function somebody<Answer>(act: (client: ConnectCasesClient) => Promise<Answer>): Promise<Answer> {
  const client = new ConnectCasesClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: testKeys,
  });
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}
const stored = (caseId: unknown) => emulator.service.state.cases.get(String(caseId));

describe('find or create case', () => {
  const byMachine = {
    match: [{ field: machine, value: 'topic', valueType: 'msg' }],
    templateId: demo.alarmTemplateId,
  };

  it('needs no more than the field that holds the machine, and the template', async () => {
    await start('find-or-create-case', byMachine);
    const first = await delivered({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual(first.case, {
      caseId: first.caseId,
      created: true,
      matches: 1,
      title: 'Too hot',
      status: 'open',
      referenceNumber: '1004',
    });
    assert.equal(stored(first.caseId)?.fields[machine]?.stringValue, 'boiler-3');
    const shown = statusShown('item', ({ text }) => text === 'boiler-3 → #1004');
    const next = await delivered({ topic: 'boiler-3', payload: 'Hotter' });
    await shown;
    assert.deepEqual([next.caseId, (next.case as { created: boolean }).created], [first.caseId, false]);
    assert.deepEqual([count('SearchCases'), count('CreateCase')], [1, 1]);
  });

  it('gives a new case the customer, more fields and an author', async () => {
    await start('find-or-create-case', {
      ...byMachine,
      templateId: demo.templateId,
      customer: demo.customerId,
      rows: [
        { id: severity, value: 'high', valueType: 'str' },
        { id: temperature, value: 'celsius', valueType: 'msg' },
      ],
      performedByKind: 'customEntity',
      performedBy: 'boiler-bot',
    });
    const { caseId } = await delivered({ topic: 'boiler-3', payload: 'Too hot', celsius: 93.5 });
    const fields = stored(caseId)?.fields ?? {};
    assert.deepEqual(
      [fields.customer_id, fields[severity], fields[temperature]],
      [{ stringValue: demo.customerId }, { stringValue: 'high' }, { doubleValue: 93.5 }],
    );
  });

  it('takes fields, options and the template by their names, too', async () => {
    await start('find-or-create-case', {
      match: [{ field: 'Machine', value: 'topic', valueType: 'msg' }],
      templateId: 'Machine alarm',
      rows: [
        { id: 'Severity', value: 'High', valueType: 'str' },
        { id: 'Temperature in °C', value: 'celsius', valueType: 'msg' },
      ],
    });
    const { caseId } = await delivered({ topic: 'boiler-3', payload: 'Too hot', celsius: '93.5' });
    const fields = stored(caseId)?.fields ?? {};
    assert.deepEqual(
      [fields[machine], fields[severity], fields[temperature]],
      [{ stringValue: 'boiler-3' }, { stringValue: 'high' }, { doubleValue: 93.5 }],
    );
    assert.equal(stored(caseId)?.templateId, demo.alarmTemplateId);
  });

  it('says which template is nearest where none has the name', async () => {
    await start('find-or-create-case', { ...byMachine, templateId: 'Machine alert' });
    const error = await refused({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual([error.code, error.field], ['INVALID_INPUT', 'templateId']);
    assert.match(String(error.message), /no active template called "Machine alert".*"Machine alarm"/);
  });

  it('takes the name of a template for its id without the permission to list templates', async () => {
    await start(
      'find-or-create-case',
      { ...byMachine, templateId: 'Machine alarm' },
      { deny: ['cases:ListTemplates'] },
    );
    const error = await refused({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual([error.code, error.operation], ['NOT_FOUND', 'CreateCase']);
  });

  it('says what the service answers where the template asks for a customer', async () => {
    await start('find-or-create-case', { ...byMachine, templateId: demo.templateId });
    const error = await refused({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual([error.code, error.operation, error.created], ['VALIDATION', 'CreateCase', 'no']);
    assert.match(String(error.message), /customer_id/);
  });

  it('goes on by the second output, or to Catch, where there is no case and none is to be made', async () => {
    const wires = [['out'], ['second']];
    await start('find-or-create-case', { ...byMachine, otherwise: 'output', outputs: 2, wires });
    const second = new Promise<Message>((resolve) => helper.getNode('second').on('input', resolve as never));
    const message = { topic: 'boiler-3', payload: { any: 'thing' } };
    const shown = statusShown('item', ({ text }) => text === 'no case');
    helper.getNode('item').receive(message as never);
    assert.deepEqual((await second).payload, { any: 'thing' });
    await shown;
    await stopFlow();
    await emulator.close();
    await start('find-or-create-case', { ...byMachine, otherwise: 'error' });
    const error = await refused(message);
    assert.deepEqual([error.code, error.operation], ['NOT_FOUND', 'SearchCases']);
    assert.equal(count('CreateCase'), 0);
  });

  it('cuts a title that is too long where the node says so', async () => {
    const long = '🧊'.repeat(501);
    await start('find-or-create-case', byMachine);
    assert.equal((await refused({ topic: 'boiler-3', payload: long })).code, 'INVALID_INPUT');
    await stopFlow();
    await emulator.close();
    await start('find-or-create-case', { ...byMachine, tooLong: 'truncate' });
    const { caseId } = await delivered({ topic: 'boiler-3', payload: long });
    assert.equal(stored(caseId)?.fields.title?.stringValue, `${'🧊'.repeat(499)}…`);
  });

  it('is refused where the machine is missing, the title is blank, or nothing tells cases apart', async () => {
    await start('find-or-create-case', byMachine);
    const noMachine = await refused({ payload: 'Too hot' });
    assert.deepEqual([noMachine.code, noMachine.field], ['INVALID_INPUT', 'match[0].value']);
    assert.match(String(noMachine.message), /^msg\.topic is missing/);
    const noTitle = await refused({ topic: 'boiler-3', payload: '' });
    assert.deepEqual([noTitle.code, noTitle.field], ['INVALID_INPUT', 'title']);
    await stopFlow();
    await emulator.close();
    await start('find-or-create-case', { ...byMachine, match: [] });
    assert.equal((await refused({ topic: 'boiler-3', payload: 'Too hot' })).code, 'NOT_CONFIGURED');
  });

  for (const topic of ['', ' \t', null]) {
    it(`makes no case for messages of which nothing tells what they are about: ${JSON.stringify(topic)}`, async () => {
      await start('find-or-create-case', byMachine);
      const error = await refused({ topic, payload: 'Too hot' });
      assert.deepEqual([error.code, error.field], ['INVALID_INPUT', 'match[0].value']);
      assert.match(String(error.message), /^msg\.topic is (empty|blank)/);
      assert.equal(count('CreateCase'), 0);
    });
  }

  it('makes a case that the next message will find, whatever its other fields are to be', async () => {
    await start('find-or-create-case', {
      ...byMachine,
      rows: [{ id: 'Machine', value: 'x', valueType: 'str' }],
    });
    const { caseId } = await delivered({ topic: 'boiler-3', payload: 'Too hot' });
    assert.equal(stored(caseId)?.fields[machine]?.stringValue, 'boiler-3');
  });

  it('is refused where one field is to have two values', async () => {
    const match = [...byMachine.match, { field: 'Machine', value: 'x', valueType: 'str' }];
    await start('find-or-create-case', { ...byMachine, match });
    const error = await refused({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual([error.code, error.field], ['INVALID_INPUT', 'match[1].id']);
    assert.match(String(error.message), /"Machine" is a field that is given already/);
  });

  for (const [base, properties] of [
    ['comment', {}],
    ['update-case', { rows: [{ id: 'summary', value: 'x', valueType: 'str' }] }],
  ] as const) {
    it(`does not take a case again that turned out to be gone: a node "${base}" told so`, async () => {
      const finder = {
        match: [{ field: 'title', value: 'topic', valueType: 'msg' }],
        templateId: demo.alarmTemplateId,
        rows: [{ id: machine, value: 'boiler-3', valueType: 'str' }],
        remember: 3600,
        wires: [['next']],
      };
      await start('find-or-create-case', finder, {}, [
        { id: 'next', type: `connect-cases-${base}`, domain: 'domain', ...properties, wires: [['out']] },
        { id: 'catch', type: 'catch', scope: null, wires: [['caught']] },
      ]);
      const { id: caseId, title } = freezer;
      const alarm = { topic: title, payload: title };
      assert.equal((await delivered(alarm)).caseId, caseId);
      await somebody((cases) => cases.send(new DeleteCaseCommand({ domainId: demo.domainId, caseId })));
      assert.equal((await refused(alarm)).code, 'NOT_FOUND');
      assert.notEqual((await delivered(alarm)).caseId, caseId);
    });
  }

  it('takes the name of a template that is called like a field of every domain', async () => {
    await start('find-or-create-case', { ...byMachine, templateId: 'summary' });
    const { domainId, layoutId } = demo;
    const { templateId } = await somebody((cases) =>
      cases.send(
        new CreateTemplateCommand({
          domainId,
          name: 'summary',
          layoutConfiguration: { defaultLayout: layoutId },
        }),
      ),
    );
    const { caseId } = await delivered({ topic: 'boiler-3', payload: 'Too hot' });
    assert.equal(stored(caseId)?.templateId, templateId);
  });

  it('says which variable is not set, from which a text of the node comes', async () => {
    const unset = ['$', '{CASES_UNSET}'].join('');
    await start('find-or-create-case', { ...byMachine, templateId: unset, name: unset });
    const error = await refused({ topic: 'boiler-3', payload: 'Too hot' });
    assert.deepEqual([error.code, error.field], ['NOT_CONFIGURED', 'templateId']);
    assert.match(String(error.message), /CASES_UNSET/);
  });

  it('says once in the log that it has no reference number without the permission to read the case', async () => {
    await start('find-or-create-case', byMachine, { deny: ['cases:GetCase'] });
    for (const topic of ['boiler-3', 'boiler-4']) {
      const { case: made } = await delivered({ topic, payload: 'Too hot' });
      assert.equal('referenceNumber' in (made as object), false);
    }
    const { warn } = helper.getNode('domain') as unknown as { warn: { args: unknown[][] } };
    assert.equal(warn.args.length, 1);
    assert.match(String(warn.args[0]), /lack the permission cases:GetCase.*Add it to the IAM policy/);
  });

  it('makes one case where answers are lost', async () => {
    await start('find-or-create-case', byMachine);
    emulator.setFaults(['CreateCase=lost*2']);
    const { caseId } = await delivered({ topic: 'boiler-3', payload: 'Too hot' });
    const machines = [...emulator.service.state.cases.values()].filter(({ fields }) => fields[machine]);
    assert.deepEqual(
      machines.map(({ id }) => id),
      [caseId],
    );
    assert.equal(count('CreateCase'), 3);
  });
});

describe('find cases', () => {
  it('shows how many it found, and when', async () => {
    await start('find-cases');
    const shown = statusShown('item', ({ text }) => /^found: 3 · [\d-]+T[\d:]+Z$/.test(String(text)));
    await delivered({});
    await shown;
  });

  it('gives the cases that meet all conditions, with what is usually wanted of them', async () => {
    await start('find-cases', {
      conditions: [{ field: 'title', operator: 'contains', value: 'payload', valueType: 'msg' }],
      keys: 'ids',
    });
    const { payload } = await delivered({ payload: 'pump' });
    assert.deepEqual(payload, [
      {
        caseId: pump.id,
        templateId: demo.templateId,
        fields: {
          title: pump.title,
          status: 'open',
          reference_number: '1002',
          customer_id: demo.customerId,
          created_datetime: '2026-08-04T08:00:00.000Z',
          last_updated_datetime: '2026-08-04T08:00:00.000Z',
        },
      },
    ]);
  });

  it('sorts, reads the fields that are named, and gives one message for each case', async () => {
    await start('find-cases', { sort: 'created_datetime', sortOrder: 'Asc', fields: ['title'], split: true });
    const parts: Message[] = [];
    const all = new Promise<void>((resolve) => {
      helper.getNode('out').on('input', (message: unknown) => {
        parts.push(message as Message);
        if (parts.length === demo.cases.length) resolve();
      });
    });
    await send({ _msgid: 'm1', payload: '' });
    await all;
    assert.deepEqual(
      parts.map(({ payload }) => Object.values((payload as { fields: object }).fields)),
      demo.cases.map(({ title }) => [title]),
    );
    assert.deepEqual(
      parts.map((part) => part.parts),
      demo.cases.map((_each, index) => ({ id: 'm1', type: 'array', index, count: 3 })),
    );
  });

  it('gives a message for each case, too, where a property can not be copied: that stays behind', async () => {
    await start('find-cases', { split: true });
    const sensor = {
      get celsius() {
        throw new Error('sensor gone');
      },
    };
    const { payload, topic, ...others } = await delivered({ payload: '', topic: 'freezer-7', sensor });
    assert.deepEqual(
      [Object.keys(payload as object), topic],
      [['caseId', 'templateId', 'fields'], 'freezer-7'],
    );
    assert.ok(!('sensor' in others));
  });
});

describe('cases under names', () => {
  it('are found by them, sorted by them, and come with them', async () => {
    await start('find-cases', {
      conditions: [{ field: 'Title', operator: 'contains', value: 'payload', valueType: 'msg' }],
      sort: 'Date/time opened',
      fields: ['Title', 'Status'],
    });
    const { payload } = await delivered({ payload: 'pump' });
    assert.deepEqual(payload, [
      { caseId: pump.id, templateId: demo.templateId, fields: { Title: pump.title, Status: 'open' } },
    ]);
  });

  it('are read with all their fields', async () => {
    await start('get-case');
    const { payload } = await delivered({ caseId: freezer.id });
    const { fields } = payload as { fields: Record<string, unknown> };
    assert.deepEqual(
      [fields.Title, fields.Status, fields.Customer],
      [freezer.title, 'open', demo.customerId],
    );
  });

  it('are updated in the order in which the messages came, also where one has to wait for a name', async () => {
    await start('update-case', { fields: 'payload', fieldsType: 'msg' });
    const all = new Promise<void>((resolve) => {
      let count = 0;
      helper.getNode('out').on('input', () => {
        count += 1;
        if (count === 3) resolve();
      });
    });
    for (const payload of [{ Severity: 'High' }, { [severity]: 'low' }, { Severity: 'High' }]) {
      helper.getNode('item').receive({ caseId: freezer.id, payload } as never);
    }
    await all;
    const updates = seen.filter(({ operation }) => operation === 'UpdateCase');
    assert.deepEqual(
      updates.map(({ body }) => JSON.parse(body).fields[0].value.stringValue),
      ['high', 'low', 'high'],
    );
  });

  it('say which option is meant instead of one that there is not', async () => {
    await start('update-case', { rows: [{ id: 'Status', value: 'Closd', valueType: 'str' }] });
    const error = await refused({ caseId: freezer.id });
    assert.equal(error.code, 'INVALID_INPUT');
    assert.match(String(error.message), /has no option called "Closd"\. The nearest: "Closed"/);
    assert.equal(count('UpdateCase'), 0);
  });
});

describe('what the fields of a case hold', () => {
  const secrets = [
    'arn:aws:profile:eu-central-1:1:domains/d/profiles/p',
    'Mrs Okafor, 12 Main Street',
    'boiler-3',
  ];

  it('is in no error, even where the service repeats it', async () => {
    for (const [base, properties] of [
      [
        'find-or-create-case',
        {
          match: [{ field: machine, value: 'topic', valueType: 'msg' }],
          templateId: demo.alarmTemplateId,
          customer: secrets[0],
        },
      ],
      ['update-case', { rows: [{ id: 'title', value: 'payload', valueType: 'msg' }] }],
    ] as const) {
      const server = await startCasesServer();
      server.answer = ({ path, body }, response) => {
        if (path.endsWith('/cases-search')) json(response, 200, { cases: [] });
        else if (/-list(\?|$)/.test(path)) json(response, 200, { fields: [], options: [] });
        else json(response, 400, { message: `I do not like ${JSON.stringify(body)}` }, 'ValidationException');
      };
      await startFlow([...configNodes(server.url), ...itemNodes(base, properties)]);
      const error = await refused({ caseId: 'c1', topic: secrets[2], payload: secrets[1] });
      assert.equal(error.code, 'VALIDATION');
      for (const secret of secrets) assert.ok(!String(error.message).includes(secret), String(error.message));
      await stopFlow();
      await server.close();
    }
  });
});

describe('a case node that was written by hand', () => {
  for (const [base, properties, field] of [
    ['find-or-create-case', { otherwise: 'shrug' }, 'otherwise'],
    [
      'find-or-create-case',
      { remember: 'long', match: [{ field: machine, value: 'x', valueType: 'str' }] },
      'remember',
    ],
    ['find-cases', { sortOrder: 'Up' }, 'sortOrder'],
    ['find-cases', { limit: 0 }, 'limit'],
    ['find-cases', { fields: Array.from({ length: 26 }, (_, index) => `field-${index}`) }, 'fields'],
    ['get-case', { relatedItems: ['Comments'] }, 'relatedItems'],
  ] as const) {
    it(`says what is wrong with its ${field}, and asks for nothing`, async () => {
      await start(base, properties);
      const error = await refused({ caseId: freezer.id, topic: 'boiler-3', payload: 'x' });
      assert.ok(['NOT_CONFIGURED', 'INVALID_INPUT'].includes(String(error.code)), String(error.code));
      assert.equal(error.field, field);
      assert.ok(seen.every(({ operation }) => operation.startsWith('List')));
    });
  }
});

describe('messages that wait for a case', () => {
  it('are no more than the domain allows: one more is refused', async () => {
    emulator = await startEmulator({ port: 0, quota: 'unlimited', latencyMs: 300 });
    const location = { region: 'us-east-1', domainId: demo.domainId, maxWaiting: 3 };
    await startFlow([
      ...configNodes(emulator.url, location),
      ...itemNodes('get-case', { fields: ['title'] }),
    ]);
    for (let index = 0; index < 3; index += 1)
      helper.getNode('item').receive({ caseId: freezer.id } as never);
    assert.equal((await refused({ caseId: freezer.id })).code, 'QUEUE_FULL');
  });
});

describe('get case', () => {
  it('reads fields and items, oldest first', async () => {
    const properties = { fields: ['title', 'status'], keys: 'ids', relatedItems: ['Comment'] };
    let now = Date.now();
    await start('get-case', properties, { now: () => now });
    for (const body of ['first', 'second']) {
      const content = { comment: { body, contentType: 'Text/Plain' } } as const;
      const item = { domainId: demo.domainId, caseId: freezer.id, type: 'Comment', content } as const;
      await somebody((client) => client.send(new CreateRelatedItemCommand(item)));
      now += 1000;
    }
    const { payload } = await delivered({ caseId: freezer.id });
    const { relatedItems = [], ...rest } = payload as { relatedItems?: { content: object }[] };
    assert.deepEqual(rest, {
      caseId: freezer.id,
      templateId: demo.templateId,
      fields: { title: freezer.title, status: 'open' },
      tags: {},
    });
    assert.deepEqual(
      relatedItems.map(({ content }) => (content as { comment: { body: string } }).comment.body),
      ['first', 'second'],
    );
  });

  it('is refused where there is no such case', async () => {
    await start('get-case', { fields: ['title'] });
    const error = await refused({ caseId: 'nobody' });
    assert.deepEqual([error.code, error.operation, error.resourceId], ['NOT_FOUND', 'GetCase', 'nobody']);
  });
});

describe('update case', () => {
  it('sets fields from rows, and the message goes on as it came', async () => {
    await start('update-case', { rows: [{ id: 'status', value: 'closed', valueType: 'str' }] });
    const out = await delivered({ caseId: freezer.id, payload: 'as it came' });
    assert.deepEqual([out.payload, out.case], ['as it came', { caseId: freezer.id, fields: ['status'] }]);
    assert.equal(stored(freezer.id)?.fields.status?.stringValue, 'closed');
  });

  it('sets fields from the message, whichever form it has', async () => {
    await start('update-case', { fields: 'payload', fieldsType: 'msg' });
    for (const payload of [
      { [temperature]: -11.5, [severity]: 'high' },
      [
        { id: temperature, value: -11.5 },
        { id: severity, value: { stringValue: 'high' } },
      ],
      { fields: [{ id: temperature, value: -11.5 }] },
    ]) {
      await delivered({ caseId: freezer.id, payload });
      assert.equal(stored(freezer.id)?.fields[temperature]?.doubleValue, -11.5);
    }
    await delivered({ caseId: freezer.id, payload: { [temperature]: null } });
    const error = await refused({ caseId: freezer.id, payload: 'closed' });
    assert.deepEqual([error.code, error.field, error.operation], ['INVALID_INPUT', 'fields', 'UpdateCase']);
    const twice = await refused({ caseId: freezer.id, payload: { Severity: 'Low', [severity]: 'high' } });
    assert.equal(twice.field, `fields.${severity}.id`);
    assert.match(String(twice.message), /given already/);
  });

  it('refuses more fields than one update sets, without a question to the service', async () => {
    await start('update-case', { fields: 'payload', fieldsType: 'msg' });
    const list = Array.from({ length: 221 }, (_, index) => ({ id: `Field ${index}`, value: 'x' }));
    const map = Object.fromEntries(list.map(({ id, value }) => [id, value]));
    for (const payload of [list, map, { fields: list }]) {
      const { code, message } = await refused({ caseId: freezer.id, payload });
      assert.deepEqual(
        [code, message],
        ['INVALID_INPUT', 'msg.payload has 221 entries; allowed are 0 to 220.'],
      );
    }
    assert.equal(seen.length, 0);
  });
});
