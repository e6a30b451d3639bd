import assert from 'node:assert/strict';
import {
  CreateCaseCommand,
  DeleteCaseCommand,
  type FieldValue,
  GetCaseCommand,
  ListCasesForContactCommand,
  SearchAllRelatedItemsCommand,
  SearchCasesCommand,
  UpdateCaseCommand,
  UpdateRelatedItemCommand,
} from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import {
  closeLocalCases,
  commentsOf,
  freezer,
  inFreezer,
  type LocalCases,
  localCases,
  pump,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const { domainId } = demo;
const text = (id: string, stringValue: string): FieldValue => ({ id, value: { stringValue } });

describe('changing cases of the local service', () => {
  let now = Date.parse('2026-09-01T10:00:00Z');
  let local: LocalCases;
  beforeEach(async () => {
    local = await localCases({ now: () => now });
  });
  const update = (fields: FieldValue[], more: object = {}) =>
    local.client.send(new UpdateCaseCommand({ ...inFreezer, fields, ...more }));
  const get = async (...ids: string[]) => {
    const fields = ids.map((id) => ({ id }));
    const found = await local.client.send(new GetCaseCommand({ ...inFreezer, fields }));
    return Object.fromEntries(
      found.fields?.map((field) => [field?.id, Object.values(field?.value ?? {})[0]]) ?? [],
    );
  };

  describe('UpdateCase', () => {
    it('sets fields and takes them away, and says when', async () => {
      now += 60_000;
      const set = [
        text('summary', 'Seal replaced'),
        { id: demo.fields.temperature, value: { doubleValue: -18 } },
      ];
      await update(set);
      const time = new Date(now).toISOString();
      assert.deepEqual(await get('summary', demo.fields.temperature, 'last_updated_datetime', 'title'), {
        summary: 'Seal replaced',
        [demo.fields.temperature]: -18,
        last_updated_datetime: time,
        title: freezer.title,
      });
      await update([{ id: 'summary', value: { emptyValue: {} } }]);
      assert.deepEqual(await get('summary'), {});
    });
    it('closes a case, and meets the SLAs that wait for it', async () => {
      const slaInputConfiguration = {
        name: 'Solved',
        type: 'CaseField' as const,
        targetSlaMinutes: 60,
        fieldId: 'status',
        targetFieldValues: [{ stringValue: 'closed' }],
      };
      await local.create('Sla', { sla: { slaInputConfiguration } });
      now += 30 * 60_000;
      await update([text('status', 'closed')]);
      assert.deepEqual(await get('status', 'last_closed_datetime'), {
        status: 'closed',
        last_closed_datetime: new Date(now).toISOString(),
      });
      const [item] = (await local.search()).relatedItems;
      const { status, completionTime } = item?.content?.sla?.slaConfiguration ?? {};
      assert.deepEqual([status, completionTime?.getTime()], ['Met', now]);
    });
    it('refuses what a field does not take', async () => {
      for (const [field, message] of [
        [text('status', 'Closd'), /active option/],
        [text(demo.fields.severity, 'panic'), /active option/],
        [{ id: 'status', value: { emptyValue: {} } }, /can't be empty/],
        [{ id: demo.fields.temperature, value: { stringValue: '4' } }, /doubleValue/],
        [text(demo.fields.nextVisit, '2026-02-30'), /ISO 8601/],
        [text('customer_id', demo.userArn), /customer profile/],
        [text('reference_number', '1'), /set by/],
        [text('nope', 'x'), /does not exist/],
      ] as const) {
        await refused(update([field]), 'ValidationException', message);
      }
      await refused(update([text('summary', 'a'), text('summary', 'b')]), 'ValidationException', /twice/);
      await refused(update([], { caseId: 'nope' }), 'ResourceNotFoundException');
    });
    it('needs to see the customer and the user that it names', async () => {
      local.emulator.setDenied(['profile:SearchProfiles', 'connect:DescribeUser']);
      await refused(
        update([text('customer_id', demo.customerId)]),
        'AccessDeniedException',
        /SearchProfiles/,
      );
      const performedBy = { userArn: demo.userArn };
      await refused(update([], { performedBy }), 'AccessDeniedException', /DescribeUser/);
    });
  });

  describe('CreateCase', () => {
    const minimal = [text('title', 'Belt 4 stands still'), text(demo.fields.machine, 'belt-4')];
    const open = (fields: FieldValue[] = minimal, more: object = {}) =>
      local.client.send(
        new CreateCaseCommand({ domainId, templateId: demo.alarmTemplateId, fields, ...more }),
      );
    it('asks for what the template asks for, and no customer where that does not', async () => {
      assert.ok((await open()).caseId);
      await refused(open(minimal.slice(0, 1)), 'ValidationException', new RegExp(demo.fields.machine));
      await refused(open([text('title', '   '), ...minimal.slice(1)]), 'ValidationException', /'title'/);
      await refused(open([...minimal, text('customer_id', demo.fileArn)]), 'ValidationException', /profile/);
    });
    it('knows a repetition by its token, in whatever order fields and tags come', async () => {
      const tags = { line: '4', hall: 'north' };
      const first = await open(minimal, { clientToken: 'alarm-7', tags });
      const again = await open(minimal.toReversed(), {
        clientToken: 'alarm-7',
        tags: { hall: 'north', line: '4' },
      });
      assert.equal(again.caseId, first.caseId);
      const untagged = await open(minimal, { clientToken: 'alarm-8' });
      assert.equal((await open(minimal, { clientToken: 'alarm-8', tags: {} })).caseId, untagged.caseId);
      await refused(
        open([...minimal, text('summary', 'x')], { clientToken: 'alarm-8' }),
        'ConflictException',
      );
    });
    it('opens the case although its answer is lost, once for a token', async () => {
      local.emulator.setFaults(['CreateCase=lost*2']);
      const lost = { code: 'ECONNRESET' };
      await assert.rejects(open(minimal, { clientToken: 'a' }), lost);
      await assert.rejects(open(minimal, { clientToken: 'a' }), lost);
      await open(minimal, { clientToken: 'a' });
      const { totalCount } = await local.client.send(
        new SearchCasesCommand({ domainId, searchTerm: 'belt' }),
      );
      assert.equal(totalCount, 1);
    });
  });

  it('searches lag behind what is created and what is changed', async () => {
    local.emulator.setFaults(['lag:3']);
    const fields = [text('title', 'Belt 4'), text(demo.fields.machine, 'belt-4')];
    now += 3000;
    await local.client.send(new CreateCaseCommand({ domainId, templateId: demo.alarmTemplateId, fields }));
    await update([text('status', 'closed')]);
    const count = async (field: FieldValue) =>
      (await local.client.send(new SearchCasesCommand({ domainId, filter: { field: { equalTo: field } } })))
        .totalCount;
    assert.deepEqual([await count(text('title', 'Belt 4')), await count(text('status', 'closed'))], [0, 0]);
    assert.deepEqual(await get('status'), { status: 'closed' });
    now += 3000;
    assert.deepEqual([await count(text('title', 'Belt 4')), await count(text('status', 'closed'))], [1, 1]);
  });
  it('searches refuse to compare a field with what it can not be compared with', async () => {
    const where = (field: object) =>
      local.client.send(new SearchCasesCommand({ domainId, filter: { not: { field } } as never }));
    await refused(
      where({ greaterThan: text('created_datetime', 'tomorrow') }),
      'ValidationException',
      /ISO 8601/,
    );
    await refused(
      where({ contains: text('created_datetime', '2026-09-01') }),
      'ValidationException',
      /contains/,
    );
    await refused(
      where({ equalTo: text(demo.fields.temperature, '4') }),
      'ValidationException',
      /doubleValue/,
    );
  });
  it('searches give every case once, whatever happens between two pages', async () => {
    const page = (nextToken?: string) =>
      local.client.send(new SearchCasesCommand({ domainId, maxResults: 2, nextToken }));
    const first = await page();
    const fields = [text('title', 'Belt 4'), text(demo.fields.machine, 'belt-4')];
    await local.client.send(new CreateCaseCommand({ domainId, templateId: demo.alarmTemplateId, fields }));
    const second = await page(first.nextToken);
    const ids = [...(first.cases ?? []), ...(second.cases ?? [])].map((entry) => entry?.caseId);
    assert.deepEqual(
      ids.toSorted(),
      demo.cases.map(({ id }) => id),
    );
    const other = new SearchCasesCommand({ domainId, searchTerm: 'pump', nextToken: first.nextToken });
    await refused(local.client.send(other), 'ValidationException', /nextToken/);
  });

  it('DeleteCase takes a case away with all that it holds', async () => {
    await local.comment('gone');
    await local.client.send(new DeleteCaseCommand(inFreezer));
    await refused(get('title'), 'ResourceNotFoundException');
    await refused(local.search(), 'ResourceNotFoundException');
    assert.equal((await local.client.send(new SearchCasesCommand({ domainId }))).totalCount, 2);
  });
  it('UpdateRelatedItem replaces a comment or custom fields, and nothing else', async () => {
    const { relatedItemId } = await local.create(
      'Comment',
      { comment: { body: 'old', contentType: 'Text/Plain' } },
      { customEntity: 'flow' },
    );
    const change = (content: object, more: object = {}) =>
      local.client.send(
        new UpdateRelatedItemCommand({ ...inFreezer, relatedItemId, content: content as never, ...more }),
      );
    const answer = await change(
      { comment: { body: 'new', contentType: 'Text/Plain' } },
      { performedBy: { customEntity: 'mender' } },
    );
    assert.deepEqual(
      [answer.type, answer.content?.comment?.body, answer.createdBy, answer.lastUpdatedUser],
      ['Comment', 'new', { customEntity: 'flow' }, { customEntity: 'mender' }],
    );
    assert.deepEqual(await commentsOf(local), ['new']);
    const fields = [{ id: demo.fields.temperature, value: { doubleValue: 1 } }];
    await refused(change({ custom: { fields } }), 'ValidationException', /is a Comment/);
    await refused(
      change({ comment: { body: 'x', contentType: 'Text/Plain' } }, { relatedItemId: 'nope' }),
      'ResourceNotFoundException',
    );
  });
  it('ListCasesForContact finds the cases that a contact is linked to', async () => {
    const { contactArn } = demo;
    const linked = () => local.client.send(new ListCasesForContactCommand({ domainId, contactArn }));
    assert.deepEqual((await linked()).cases, []);
    await local.create('Contact', { contact: { contactArn } });
    assert.deepEqual((await linked()).cases, [{ caseId: freezer.id, templateId: demo.templateId }]);
  });
  it('SearchAllRelatedItems finds items of all cases, sorted', async () => {
    await local.comment('first');
    now += 1000;
    await local.comment('second');
    await local.create('ConnectCase', { connectCase: { caseId: pump.id } });
    const search = async (more: object) => {
      const request = new SearchAllRelatedItemsCommand({ domainId, filters: [{ comment: {} }], ...more });
      const { relatedItems = [] } = await local.client.send(request);
      return relatedItems.map((item) => [item?.caseId, item?.content?.comment?.body]);
    };
    const sorted = (sortOrder: string) => search({ sorts: [{ sortProperty: 'AssociationTime', sortOrder }] });
    assert.deepEqual(await sorted('Asc'), [
      [freezer.id, 'first'],
      [freezer.id, 'second'],
    ]);
    assert.deepEqual(await sorted('Desc'), (await sorted('Asc')).toReversed());
    assert.deepEqual(await search({ filters: [{ file: {} }] }), []);
  });
});
