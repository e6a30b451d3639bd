import assert from 'node:assert/strict';
import {
  type CaseFilter,
  CreateCaseCommand,
  GetCaseCommand,
  GetDomainCommand,
  ListDomainsCommand,
  ListFieldOptionsCommand,
  ListFieldsCommand,
  ListTemplatesCommand,
  SearchCasesCommand,
  type SearchCasesCommandInput,
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

const { domainId, templateId } = demo;

describe('cases of the local service', () => {
  let local: LocalCases;
  let now = Date.parse('2026-09-01T10:00:00Z');
  beforeEach(async () => {
    local = await localCases({ now: () => now });
  });
  const text = (id: string, stringValue: string) => ({ id, value: { stringValue } });
  const minimal = [text('title', 'Boiler leaks'), text('customer_id', demo.customerId)];
  const open = (more: object = {}) =>
    local.client.send(new CreateCaseCommand({ domainId, templateId, fields: minimal, ...more }));
  const titles = async (more: Partial<SearchCasesCommandInput> = {}) => {
    const { cases = [] } = await local.client.send(
      new SearchCasesCommand({ domainId, fields: [{ id: 'title' }], ...more }),
    );
    return cases.map((entry) => entry?.fields?.[0]?.value?.stringValue);
  };

  it('opens a case that GetCase gives back, with what the service adds', async () => {
    const { caseId, caseArn } = await open({ tags: { team: 'north' } });
    assert.equal(caseArn, `arn:aws:cases:us-east-1:123456789012:domain/${domainId}/case/${caseId}`);
    const wanted = ['title', 'status', 'reference_number', 'created_datetime', 'summary'].map((id) => ({
      id,
    }));
    const found = await local.client.send(new GetCaseCommand({ domainId, caseId, fields: wanted }));
    assert.deepEqual(found.fields, [
      text('title', 'Boiler leaks'),
      text('status', 'open'),
      text('reference_number', '1004'),
      text('created_datetime', '2026-09-01T10:00:00.000Z'),
    ]);
    assert.equal(found.templateId, templateId);
    assert.deepEqual(found.tags, { team: 'north' });
  });
  it('opens one case for one client token, and refuses the token for another request', async () => {
    const clientToken = 'once';
    const first = await open({ clientToken });
    assert.deepEqual((await open({ clientToken })).caseId, first.caseId);
    assert.equal((await titles({ searchTerm: 'boiler' })).length, 1);
    await refused(open({ clientToken, fields: [...minimal, text('summary', 'x')] }), 'ConflictException');
  });
  it('refuses a case without its required fields, with fields of the service, or of no active template', async () => {
    await refused(open({ fields: [text('title', 'x')] }), 'ValidationException', /customer_id/);
    await refused(
      open({ fields: [text('title', 'x'), text('customer_id', 'Ada')] }),
      'ValidationException',
      /profile/,
    );
    await refused(
      open({ fields: [...minimal, text('reference_number', '1')] }),
      'ValidationException',
      /set by/,
    );
    await refused(open({ fields: [...minimal, text('title', 'y')] }), 'ValidationException', /twice/);
    await refused(open({ tags: { 'aws:x': 'y' } }), 'ValidationException', /tags\[0\]\.key/);
    await refused(open({ templateId: 'nope' }), 'ResourceNotFoundException', /Template/);
    const inactive = await local.client.send(new ListTemplatesCommand({ domainId, status: ['Inactive'] }));
    await refused(
      open({ templateId: inactive.templates?.[0]?.templateId }),
      'ValidationException',
      /not active/,
    );
  });
  it('refuses fields that do not exist when a case is read', () =>
    refused(
      local.client.send(new GetCaseCommand({ ...inFreezer, fields: [{ id: 'nope' }] })),
      'ValidationException',
      /nope/,
    ));

  it('finds cases by a term, by fields, by tags and by any combination', async () => {
    now += 1000;
    await open({ tags: { team: 'north' } });
    const where = (filter: CaseFilter) => titles({ filter });
    const titled = (word: string): CaseFilter => ({ field: { contains: text('title', word) } });
    assert.deepEqual(await titles({ searchTerm: 'FREEZER' }), [freezer.title]);
    assert.deepEqual(await where({ field: { equalTo: text('title', 'Boiler leaks') } }), ['Boiler leaks']);
    assert.deepEqual(await where({ tag: { equalTo: { key: 'team', value: 'north' } } }), ['Boiler leaks']);
    assert.deepEqual(
      await where({ field: { greaterThan: text('created_datetime', '2026-09-01T11:00+01:00') } }),
      ['Boiler leaks'],
    );
    assert.deepEqual(
      await where({
        andAll: [{ field: { lessThan: text('created_datetime', '2026-09-01') } }, titled('pump')],
      }),
      ['Pump station 12 vibrates'],
    );
    assert.deepEqual(await where({ orAll: [titled('boiler'), titled('freezer')] }), [
      'Boiler leaks',
      freezer.title,
    ]);
    assert.equal((await where({ not: titled('boiler') })).length, 3);
  });
  it('sorts, pages and counts', async () => {
    const sorts = [{ fieldId: 'title', sortOrder: 'Desc' as const }];
    const first = await local.client.send(new SearchCasesCommand({ domainId, maxResults: 2, sorts }));
    assert.equal(first.totalCount, 3);
    assert.deepEqual(
      [
        ...(await titles({ maxResults: 2, sorts })),
        ...(await titles({ maxResults: 2, sorts, nextToken: first.nextToken })),
      ],
      demo.cases
        .map(({ title }) => title)
        .toSorted()
        .toReversed(),
    );
  });

  it('lists its domain and describes it', async () => {
    const domainArn = `arn:aws:cases:us-east-1:123456789012:domain/${domainId}`;
    const { domains } = await local.client.send(new ListDomainsCommand({ maxResults: 10 }));
    assert.deepEqual(domains, [{ domainId, domainArn, name: 'demo' }]);
    const found = await local.client.send(new GetDomainCommand({ domainId }));
    assert.equal(found.domainStatus, 'Active');
    assert.ok(found.createdTime instanceof Date);
    await refused(local.client.send(new GetDomainCommand({ domainId: 'nope' })), 'ResourceNotFoundException');
    await refused(local.client.send(new ListDomainsCommand({ maxResults: 11 })), 'ValidationException');
  });
  it('lists fields of every type page by page, and the options of a field', async () => {
    const types = new Set<string | undefined>();
    let nextToken: string | undefined;
    do {
      const page = await local.client.send(new ListFieldsCommand({ domainId, maxResults: 7, nextToken }));
      for (const { type, namespace } of page.fields ?? []) if (namespace === 'Custom') types.add(type);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.deepEqual([...types].toSorted(), [
      'Boolean',
      'DateTime',
      'Number',
      'SingleSelect',
      'Text',
      'Url',
      'User',
    ]);

    const options = async (fieldId: string, values?: string[]) =>
      (await local.client.send(new ListFieldOptionsCommand({ domainId, fieldId, ...(values && { values }) })))
        .options;
    assert.deepEqual(await options('status'), [
      { name: 'Open', value: 'open', active: true },
      { name: 'Closed', value: 'closed', active: true },
    ]);
    assert.deepEqual(await options(demo.fields.severity, ['panic']), [
      { name: 'Panic', value: 'panic', active: false },
    ]);
    await refused(options('nope'), 'ResourceNotFoundException', /Field/);
  });
  it('lists templates by status', async () => {
    const { templates = [] } = await local.client.send(
      new ListTemplatesCommand({ domainId, status: ['Active'] }),
    );
    assert.deepEqual(
      templates.map(({ templateId: id, status }) => ({ id, status })),
      [
        { id: templateId, status: 'Active' },
        { id: demo.alarmTemplateId, status: 'Active' },
      ],
    );
    const both = await local.client.send(
      new ListTemplatesCommand({ domainId, status: ['Active', 'Inactive'] }),
    );
    assert.equal(both.templates?.length, 3);
  });
});
