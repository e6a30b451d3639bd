import assert from 'node:assert/strict';
import {
  CreateCaseCommand,
  CreateCaseRuleCommand,
  CreateDomainCommand,
  DeleteTemplateCommand,
  GetCaseAuditEventsCommand,
  GetCaseCommand,
  GetDomainCommand,
  ListCaseRulesCommand,
  SearchCasesCommand,
  TagResourceCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import { defaultQuotas } from '../../src/emulator/wire/quota';
import {
  closeLocalCases,
  freezer,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  refused,
  relatedItemsPath,
} from '../support/local-cases';
import { tableOf } from './documentation';

afterEach(closeLocalCases);

const { domainId } = demo;
const uuid = '11111111-2222-4333-8444-555555555555';
const arnOf = (resource: string) =>
  `arn:aws:connect:us-east-1:123456789012:instance/${uuid}/${resource}/${uuid}`;
const createAlarm = ({ client }: LocalCases, title: string) =>
  client.send(
    new CreateCaseCommand({
      domainId,
      templateId: demo.alarmTemplateId,
      fields: [
        { id: 'title', value: { stringValue: title } },
        { id: demo.fields.machine, value: { stringValue: title } },
      ],
    }),
  );
const search = ({ client }: LocalCases, field: { id: string; value: object }) =>
  client.send(new SearchCasesCommand({ domainId, filter: { field: { contains: field as never } } }));

/** What the page says that differs, by the first cell of its row, and what shows it. */
const differences: Readonly<Record<string, (local: LocalCases) => Promise<void>>> = {
  'texts of errors': async ({ client }) => {
    const asked = client.send(new GetCaseCommand({ domainId, caseId: uuid, fields: [{ id: 'title' }] }));
    await assert.rejects(asked, {
      name: 'ResourceNotFoundException',
      resourceId: uuid,
      resourceType: 'Case',
    });
  },
  'operations without a documented quota': async () => {
    for (const name of [
      'UpdateRelatedItem',
      'DeleteRelatedItem',
      'DeleteCase',
      'SearchAllRelatedItems',
    ] as const)
      assert.deepEqual(defaultQuotas[name], { perSecond: 2, burst: 10 }, name);
  },
  domains: async ({ client }) => {
    const made = await client.send(new CreateDomainCommand({ name: 'another' }));
    const { domainStatus } = await client.send(new GetDomainCommand({ domainId: made.domainId }));
    assert.equal(domainStatus, 'Active');
  },
  '`contains` in a filter': async (local) => {
    const { cases } = await search(local, { id: 'title', value: { stringValue: 'Freezer' } });
    assert.deepEqual(
      cases?.map((found) => found?.caseId),
      [freezer.id],
    );
    const number = { id: demo.fields.temperature, value: { doubleValue: 1 } };
    await refused(search(local, number), 'ValidationException');
  },
  'order of SearchRelatedItems': async (local) => {
    for (const body of ['older', 'newer']) await local.comment(body);
    const { relatedItems } = await local.search({ filters: [{ comment: {} }] });
    const bodies = relatedItems.map(({ content }) => content?.comment?.body);
    assert.ok(bodies.indexOf('newer') < bodies.indexOf('older'), bodies.join());
  },
  'required and hidden fields of case rules': async (local) => {
    const rule = { required: { defaultValue: true, conditions: [] } };
    const made = await local.client.send(new CreateCaseRuleCommand({ domainId, name: 'visit', rule }));
    const { caseRules } = await local.client.send(new ListCaseRulesCommand({ domainId }));
    assert.ok(caseRules?.some(({ caseRuleId }) => caseRuleId === made.caseRuleId));
    await createAlarm(local, 'without a visit');
  },
  'deleting what is in use': async (local) => {
    await createAlarm(local, 'of the template');
    await local.client.send(new DeleteTemplateCommand({ domainId, templateId: demo.alarmTemplateId }));
  },
  'channel of a contact': async (local) => {
    await local.create('Contact', { contact: { contactArn: arnOf('contact') } });
    const { relatedItems } = await local.search({ filters: [{ contact: { contactArn: arnOf('contact') } }] });
    assert.equal(relatedItems[0]?.content?.contact?.channel, 'VOICE');
  },
  'ARNs of customers, contacts, files and users': async (local) => {
    const text = { comment: { body: 'by somebody', contentType: 'Text/Plain' } } as const;
    await local.create('Comment', text, { userArn: arnOf('agent') });
    const wrong = local.create('Contact', { contact: { contactArn: 'arn:aws:s3:::bucket' } });
    await refused(wrong, 'ValidationException');
  },
  files: async (local) => {
    const fileArn = `arn:aws:connect:us-east-1:123456789012:instance/${uuid}/file/${uuid}`;
    const { relatedItemId } = await local.create('File', { file: { fileArn } });
    assert.ok(relatedItemId);
  },
  'a request of more than 16 MB': async (local) => {
    const { status } = await raw(local, relatedItemsPath, 'x'.repeat(16 * 1024 * 1024 + 1));
    assert.equal(status, 413);
  },
  'a seed, a reset and an export': async ({ client, emulator }) => {
    const fields = [{ id: 'title', value: { stringValue: 'warmer' } }];
    await client.send(new UpdateCaseCommand({ ...inFreezer, fields }));
    const restored = await localCases({ content: emulator.export() });
    const found = await restored.client.send(new GetCaseCommand({ ...inFreezer, fields: [{ id: 'title' }] }));
    assert.deepEqual(found.fields, fields);
    const { auditEvents } = await restored.client.send(new GetCaseAuditEventsCommand(inFreezer));
    assert.deepEqual(
      auditEvents?.map((event) => event?.type),
      ['Case.Created'],
    );
  },
  'reference ids of cases': async (local) => {
    const { fields } = await local.client.send(
      new GetCaseCommand({ ...inFreezer, fields: [{ id: 'reference_number' }] }),
    );
    const referenceId = fields?.[0]?.value?.stringValue;
    assert.ok(referenceId);
    const answer = await raw(local, '/cases:batchCreateRelatedItem', {
      domainId,
      content: { comment: { body: 'by reference', contentType: 'Text/Plain' } },
      cases: [{ caseIdentifier: { referenceId } }],
    });
    const { successfulItems } = (await answer.json()) as { successfulItems: unknown[] };
    assert.equal(successfulItems.length, 1);
  },
  'tags of related items': async (local) => {
    const { relatedItemArn = '' } = await local.comment('to be tagged');
    await assert.rejects(
      local.client.send(new TagResourceCommand({ arn: relatedItemArn, tags: { a: 'b' } })),
    );
  },
};

describe('a known difference from AWS', () => {
  it('is on the page if there is a test of it here, and no other', () => {
    assert.deepEqual(
      tableOf('Known differences from AWS').map(([where]) => where),
      Object.keys(differences),
    );
  });

  for (const [where, show] of Object.entries(differences)) it(where, async () => show(await localCases()));
});
