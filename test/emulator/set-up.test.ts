import assert from 'node:assert/strict';
import {
  BatchGetCaseRuleCommand,
  BatchGetFieldCommand,
  BatchPutFieldOptionsCommand,
  CreateCaseCommand,
  CreateCaseRuleCommand,
  CreateDomainCommand,
  CreateFieldCommand,
  CreateLayoutCommand,
  CreateTemplateCommand,
  DeleteCaseRuleCommand,
  DeleteDomainCommand,
  DeleteFieldCommand,
  DeleteLayoutCommand,
  DeleteTemplateCommand,
  GetCaseAuditEventsCommand,
  GetCaseCommand,
  GetCaseEventConfigurationCommand,
  GetDomainCommand,
  GetLayoutCommand,
  GetTemplateCommand,
  ListCaseRulesCommand,
  ListDomainsCommand,
  ListFieldOptionsCommand,
  ListFieldsCommand,
  ListLayoutsCommand,
  ListTagsForResourceCommand,
  ListTemplatesCommand,
  PutCaseEventConfigurationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateCaseCommand,
  UpdateCaseRuleCommand,
  UpdateFieldCommand,
  UpdateLayoutCommand,
  UpdateTemplateCommand,
} from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import {
  closeLocalCases,
  freezer,
  inFreezer,
  type LocalCases,
  localCases,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const { domainId, templateId, layoutId } = demo;
const { machine, severity, notes } = demo.fields;

describe('setting up a domain of the local service', () => {
  let local: LocalCases;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-09-01T10:00:00Z');
    local = await localCases({ now: () => now });
  });
  const text = (id: string, stringValue: string) => ({ id, value: { stringValue } });

  describe('domains', () => {
    it('are made with the fields of the system, used, and deleted with all that they hold', async () => {
      const made = await local.client.send(new CreateDomainCommand({ name: 'second' }));
      assert.equal(made.domainStatus, 'Active');
      const { fields = [] } = await local.client.send(new ListFieldsCommand({ domainId: made.domainId }));
      assert.ok(fields.length > 0 && fields.every(({ namespace }) => namespace === 'System'));
      const names = async () =>
        (await local.client.send(new ListDomainsCommand())).domains?.map(({ name }) => name);
      assert.deepEqual(await names(), ['demo', 'second']);
      await refused(local.client.send(new CreateDomainCommand({ name: 'second' })), 'ConflictException');
      await local.client.send(new DeleteDomainCommand({ domainId: made.domainId }));
      assert.deepEqual(await names(), ['demo']);
    });
    it('are at most five', async () => {
      for (let count = 2; count <= 5; count += 1) {
        await local.client.send(new CreateDomainCommand({ name: `domain ${count}` }));
      }
      await refused(
        local.client.send(new CreateDomainCommand({ name: 'x' })),
        'ServiceQuotaExceededException',
      );
    });
    it('are apart for each account and Region', async () => {
      const elsewhere = await localCases();
      await elsewhere.emulator.close();
      const account = await localCases({}, { accessKeyId: '999988887777', secretAccessKey: 'any' });
      const made = await account.client.send(new CreateDomainCommand({ name: 'theirs' }));
      assert.match(made.domainArn ?? '', /:999988887777:/);
      assert.equal(account.emulator.service.state.domains.size, 1);
    });
    it('do not see the cases of each other', async () => {
      const other = (await local.client.send(new CreateDomainCommand({ name: 'second' }))).domainId;
      const request = new GetCaseCommand({ domainId: other, caseId: freezer.id, fields: [{ id: 'title' }] });
      await refused(local.client.send(request), 'ResourceNotFoundException', /Case/);
    });
  });

  describe('fields', () => {
    const create = (more: object = {}) =>
      local.client.send(new CreateFieldCommand({ domainId, name: 'Serial number', type: 'Text', ...more }));
    it('are made, renamed and deleted; a deleted one can only be read', async () => {
      const { fieldId = '' } = await create({ description: 'On the plate' });
      const update = (more: object) =>
        local.client.send(new UpdateFieldCommand({ domainId, fieldId, ...more }));
      await update({ name: 'Serial', attributes: { text: { isMultiline: true } } });
      const get = async () =>
        (await local.client.send(new BatchGetFieldCommand({ domainId, fields: [{ id: fieldId }] })))
          .fields?.[0];
      const field = await get();
      assert.deepEqual(
        [field?.name, field?.description, field?.attributes],
        ['Serial', 'On the plate', { text: { isMultiline: true } }],
      );
      await local.client.send(new UpdateCaseCommand({ ...inFreezer, fields: [text(fieldId, 'S-1')] }));
      await local.client.send(new DeleteFieldCommand({ domainId, fieldId }));
      assert.equal((await get())?.deleted, true);
      const { fields = [] } = await local.client.send(new ListFieldsCommand({ domainId }));
      assert.ok(!fields.some((listed) => listed.fieldId === fieldId));
      await refused(update({ name: 'x' }), 'ValidationException', /deleted/);
      await local.client.send(new UpdateCaseCommand({ ...inFreezer, fields: [text(fieldId, 'S-2')] }));
      const inPump = { domainId, caseId: demo.cases[1].id, fields: [text(fieldId, 'S-3')] };
      await refused(local.client.send(new UpdateCaseCommand(inPump)), 'ValidationException', /deleted/);
    });
    it('need a name of their own, attributes of their type, and to be custom ones', async () => {
      await refused(create({ name: 'Machine' }), 'ConflictException', /taken/);
      await refused(
        create({ type: 'Number', attributes: { text: { isMultiline: true } } }),
        'ValidationException',
        /no attributes of text/,
      );
      const title = new UpdateFieldCommand({ domainId, fieldId: 'title', name: 'Subject' });
      await refused(local.client.send(title), 'ValidationException', /system field/);
    });
    it('get options and change them; a value that is none is an error of its own', async () => {
      const options = [
        { name: 'Very high', value: 'high', active: true },
        { name: 'Medium', value: 'medium', active: true },
        { name: 'Not so', value: 'not so', active: true },
      ];
      const put = (fieldId: string) =>
        local.client.send(new BatchPutFieldOptionsCommand({ domainId, fieldId, options }));
      assert.deepEqual(
        (await put(severity)).errors?.map(({ value }) => value),
        ['not so'],
      );
      const found = await local.client.send(new ListFieldOptionsCommand({ domainId, fieldId: severity }));
      assert.deepEqual(
        found.options?.map(({ name }) => name),
        ['Low', 'Very high', 'Panic', 'Medium'],
      );
      await refused(put(machine), 'ValidationException', /SingleSelect/);
    });
  });

  describe('templates', () => {
    const create = (more: object = {}) =>
      local.client.send(new CreateTemplateCommand({ domainId, name: 'Leak', ...more }));
    it('are made, changed and deleted; a deleted one opens no case', async () => {
      const made = await create({
        requiredFields: [{ fieldId: 'title' }],
        layoutConfiguration: { defaultLayout: layoutId },
        tagPropagationConfigurations: [{ resourceType: 'Cases', tagMap: { kind: 'leak' } }],
      });
      const id = made.templateId;
      const open = () =>
        local.client.send(
          new CreateCaseCommand({ domainId, templateId: id, fields: [text('title', 'Drip')] }),
        );
      const { caseId } = await open();
      const found = await local.client.send(
        new GetCaseCommand({ domainId, caseId, fields: [{ id: 'title' }] }),
      );
      assert.deepEqual(found.tags, { kind: 'leak' });
      const update = (more: object) =>
        local.client.send(new UpdateTemplateCommand({ domainId, templateId: id, ...more }));
      await refused(update({}), 'ValidationException', /At least one/);
      await update({ requiredFields: [{ fieldId: 'title' }, { fieldId: machine }] });
      await refused(open(), 'ValidationException', new RegExp(machine));
      await local.client.send(new DeleteTemplateCommand({ domainId, templateId: id }));
      await refused(open(), 'ResourceNotFoundException', /Template/);
      await refused(update({ name: 'x' }), 'ValidationException', /deleted/);
      const kept = await local.client.send(new GetTemplateCommand({ domainId, templateId: id }));
      assert.deepEqual([kept.name, kept.deleted], ['Leak', true]);
      const { templates = [] } = await local.client.send(new ListTemplatesCommand({ domainId }));
      assert.ok(!templates.some((listed) => listed.templateId === id));
    });
    it('name only what there is', async () => {
      await refused(create({ requiredFields: [{ fieldId: 'nope' }] }), 'ValidationException', /nope/);
      const twice = [{ fieldId: 'title' }, { fieldId: 'title' }];
      await refused(create({ requiredFields: twice }), 'ValidationException', /twice/);
      await refused(create({ layoutConfiguration: { defaultLayout: 'x' } }), 'ValidationException', /Layout/);
      await refused(create({ rules: [{ caseRuleId: 'x' }] }), 'ValidationException', /rule 'x'/);
      await refused(create({ name: 'Device alert' }), 'ConflictException');
    });
  });

  it('layouts are made, changed and deleted, without title and status', async () => {
    const content = (...ids: string[]) => ({
      basic: { topPanel: { sections: [{ fieldGroup: { fields: ids.map((id) => ({ id })) } }] } },
    });
    const create = (...ids: string[]) =>
      local.client.send(new CreateLayoutCommand({ domainId, name: 'Leak', content: content(...ids) }));
    await refused(create('title'), 'ValidationException', /can't be part/);
    await refused(create('nope'), 'ValidationException', /nope/);
    const { layoutId: id } = await create(machine, notes);
    await local.client.send(new UpdateLayoutCommand({ domainId, layoutId: id, name: 'Leaks' }));
    await local.client.send(new DeleteFieldCommand({ domainId, fieldId: notes }));
    const found = await local.client.send(new GetLayoutCommand({ domainId, layoutId: id }));
    assert.equal(found.name, 'Leaks');
    assert.deepEqual(found.content, content(machine));
    await local.client.send(new DeleteLayoutCommand({ domainId, layoutId: id }));
    const { layouts = [] } = await local.client.send(new ListLayoutsCommand({ domainId }));
    assert.deepEqual(
      layouts.map((layout) => layout.layoutId),
      [layoutId],
    );
  });

  it('case rules are made, changed, listed and deleted', async () => {
    const operands = (fieldId: string) => ({
      operandOne: { fieldId },
      operandTwo: { stringValue: 'high' },
      result: true,
    });
    const rule = (fieldId: string) => ({
      required: {
        defaultValue: false,
        conditions: [{ andAll: { conditions: [{ equalTo: operands(fieldId) }] } }],
      },
    });
    const create = (fieldId: string) =>
      local.client.send(new CreateCaseRuleCommand({ domainId, name: 'Notes', rule: rule(fieldId) }));
    await refused(create('nope'), 'ValidationException', /nope/);
    const { caseRuleId = '' } = await create(severity);
    await local.client.send(new UpdateCaseRuleCommand({ domainId, caseRuleId, description: 'Say why' }));
    const { caseRules } = await local.client.send(new ListCaseRulesCommand({ domainId }));
    assert.deepEqual(
      caseRules?.map(({ name, ruleType, description }) => [name, ruleType, description]),
      [['Notes', 'Required', 'Say why']],
    );
    await local.client.send(new DeleteCaseRuleCommand({ domainId, caseRuleId }));
    const wanted = [{ id: caseRuleId }, { id: 'nope' }];
    const found = await local.client.send(new BatchGetCaseRuleCommand({ domainId, caseRules: wanted }));
    assert.deepEqual(
      found.caseRules?.map(({ deleted }) => deleted),
      [true],
    );
    assert.deepEqual(
      found.errors?.map(({ id }) => id),
      ['nope'],
    );
  });

  it('tags are put on domains, definitions and cases, and taken away', async () => {
    const { domainArn = '' } = await local.client.send(new GetDomainCommand({ domainId }));
    const template = `${domainArn}/template/${templateId}`;
    for (const arn of [
      domainArn,
      template,
      `${domainArn}/field/${machine}`,
      `${domainArn}/case/${freezer.id}`,
    ]) {
      const tags = async () => (await local.client.send(new ListTagsForResourceCommand({ arn }))).tags;
      await local.client.send(new TagResourceCommand({ arn, tags: { team: 'north', line: '4' } }));
      assert.deepEqual(await tags(), { team: 'north', line: '4' });
      await local.client.send(new UntagResourceCommand({ arn, tagKeys: ['line', 'nope'] }));
      assert.deepEqual(await tags(), { team: 'north' });
    }
    const unknown = local.client.send(new ListTagsForResourceCommand({ arn: `${domainArn}/case/nope` }));
    await refused(unknown, 'ResourceNotFoundException');
    const reserved = new TagResourceCommand({ arn: domainArn, tags: { 'aws:x': 'y' } });
    await refused(local.client.send(reserved), 'ValidationException');
  });

  it('the configuration of case events is kept', async () => {
    const get = async () =>
      (await local.client.send(new GetCaseEventConfigurationCommand({ domainId }))).eventBridge;
    assert.deepEqual(await get(), { enabled: false });
    const eventBridge = {
      enabled: true,
      includedData: { caseData: { fields: [{ id: 'status' }] }, relatedItemData: { includeContent: true } },
    };
    await local.client.send(new PutCaseEventConfigurationCommand({ domainId, eventBridge }));
    assert.deepEqual(await get(), eventBridge);
  });

  it('the history of a case tells what happened, the newest first, and by whom', async () => {
    now += 1000;
    await local.create(
      'Comment',
      { comment: { body: 'x', contentType: 'Text/Plain' } },
      { customEntity: 'flow' },
    );
    now += 1000;
    await local.client.send(new UpdateCaseCommand({ ...inFreezer, fields: [text('status', 'closed')] }));
    const { auditEvents = [] } = await local.client.send(new GetCaseAuditEventsCommand(inFreezer));
    assert.deepEqual(
      auditEvents.map((event) => event?.type),
      ['Case.Updated', 'RelatedItem.Created', 'Case.Created'],
    );
    const [closed, commented, opened] = auditEvents;
    assert.deepEqual(commented?.performedBy, {
      user: { customEntity: 'flow' },
      iamPrincipalArn: 'arn:aws:iam::123456789012:user/local',
    });
    const status = closed?.fields?.find((field) => field?.eventFieldId === 'status');
    assert.deepEqual(
      [status?.oldValue, status?.newValue],
      [{ stringValue: 'open' }, { stringValue: 'closed' }],
    );
    const first = opened?.fields?.find((field) => field?.eventFieldId === 'status');
    assert.deepEqual(first?.newValue, { stringValue: 'open' });
  });
});
