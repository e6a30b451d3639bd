import assert from 'node:assert/strict';
import {
  DeleteFieldCommand,
  DeleteLayoutCommand,
  DeleteTemplateCommand,
  GetCaseCommand,
  ListDomainsCommand,
  SearchCasesCommand,
} from '@aws-sdk/client-connectcases';
import { demo, startEmulator } from '../../src/emulator';
import {
  closeLocalCases,
  commentsOf,
  inFreezer,
  type LocalCases,
  localCases,
  raw,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const shop = {
  $schema: '../node_modules/@connect-cases/node-red-connect-cases/dist/seed.schema.json',
  domains: [
    {
      id: 'shop',
      name: 'Shop',
      tags: { stage: 'test' },
      fields: [
        { id: 'order', name: 'Order', type: 'Text' },
        { name: 'Weight', type: 'Number' },
        { id: 'case_reason', name: 'Case reason', options: [{ name: 'Return', value: 'return' }] },
      ],
      templates: [{ name: 'Return', requiredFields: ['title', 'Order'], caseTags: { from: 'shop' } }],
      cases: [
        {
          id: 'return-1',
          template: 'Return',
          createdAt: '2026-09-01T10:00:00Z',
          fields: [
            { id: 'title', value: { stringValue: 'Shoes too small' } },
            { id: 'Order', value: { stringValue: 'A-7' } },
            { id: 'case_reason', value: { stringValue: 'return' } },
          ],
          items: [
            {
              type: 'Comment',
              content: { comment: { body: 'One size up, please', contentType: 'Text/Plain' } },
              createdAt: '2026-09-01T11:00:00Z',
              performedBy: { customEntity: 'web' },
            },
          ],
        },
      ],
    },
  ],
};

describe('seeds of the local service', () => {
  const titles = async (local: LocalCases, domainId: string) => {
    const request = new SearchCasesCommand({ domainId, fields: [{ id: 'title' }] });
    const { cases = [] } = await local.client.send(request);
    return cases.map((entry) => entry?.fields?.[0]?.value?.stringValue);
  };

  it('are what each account has in each Region at first', async () => {
    for (const region of ['us-east-1', 'eu-central-1']) {
      const local = await localCases({ content: shop }, undefined, region);
      const { domains = [] } = await local.client.send(new ListDomainsCommand());
      assert.deepEqual(
        domains.map(({ domainId, name }) => [domainId, name]),
        [['shop', 'Shop']],
      );
      assert.deepEqual(await titles(local, 'shop'), ['Shoes too small']);
      const fields = ['order', 'status', 'created_datetime'].map((id) => ({ id }));
      const found = await local.client.send(
        new GetCaseCommand({ domainId: 'shop', caseId: 'return-1', fields }),
      );
      assert.deepEqual(
        found.fields?.map((field) => field?.value?.stringValue),
        ['A-7', 'open', '2026-09-01T10:00:00.000Z'],
      );
      const { relatedItems } = await local.search({ domainId: 'shop', caseId: 'return-1' });
      assert.deepEqual(
        relatedItems.map(({ content, performedBy, associationTime }) => [
          content?.comment?.body,
          performedBy,
          associationTime?.toISOString(),
        ]),
        [['One size up, please', { customEntity: 'web' }, '2026-09-01T11:00:00.000Z']],
      );
    }
  });
  it('are added to what there is', async () => {
    const local = await localCases();
    local.emulator.add(shop);
    assert.equal((await titles(local, demo.domainId)).length, 3);
    assert.equal((await titles(local, 'shop')).length, 1);
    assert.throws(() => local.emulator.add(shop), /a domain 'shop' already/);
  });
  it('come out as they went in: what is exported makes the same again', async () => {
    const first = await localCases();
    first.emulator.add(shop);
    await first.comment('written before');
    await first.create('Sla', {
      sla: { slaInputConfiguration: { name: 'Answer', type: 'CaseField', targetSlaMinutes: 5 } },
    });
    const { domainId } = demo;
    await first.client.send(new DeleteFieldCommand({ domainId, fieldId: demo.fields.machine }));
    await first.client.send(new DeleteLayoutCommand({ domainId, layoutId: demo.layoutId }));
    await first.client.send(new DeleteTemplateCommand({ domainId, templateId: demo.alarmTemplateId }));
    const exported = first.emulator.export();
    const second = await localCases({ content: JSON.parse(JSON.stringify(exported)) });
    assert.deepEqual(second.emulator.export(), exported);
    assert.deepEqual(await commentsOf(second), ['written before']);
  });
  it('are back after a reset, with nothing else', async () => {
    const local = await localCases({ content: shop });
    local.emulator.add({ domains: [{ name: 'Second' }] });
    await local.emulator.reset();
    assert.deepEqual(local.emulator.export(), (await localCases({ content: shop })).emulator.export());
  });
  describe('are refused in words', () => {
    const [domain] = shop.domains;
    const [aCase] = domain?.cases ?? [];
    const [order] = domain?.fields ?? [];
    for (const [what, content, message] of [
      ['something else', [], /The seed can't be used/],
      ['no domains', {}, /'domains'.*not be null/],
      ['a domain without a name', { domains: [{}] }, /'domains\[0\]\.name'/],
      [
        'a field without a type',
        { domains: [{ name: 'x', fields: [{ name: 'y' }] }] },
        /fields\[0\].*no type/,
      ],
      [
        'a template with a field that is not there',
        { domains: [{ name: 'x', templates: [{ name: 'y', requiredFields: ['nope'] }] }] },
        /templates\[0\]\.requiredFields\[0\]' names 'nope'/,
      ],
      [
        'a case of no template',
        { domains: [{ ...domain, cases: [{ ...aCase, template: 'nope' }] }] },
        /cases\[0\]\.template' names 'nope'/,
      ],
      [
        'a value of another type',
        {
          domains: [
            { ...domain, cases: [{ ...aCase, fields: [{ id: 'title', value: { doubleValue: 1 } }] }] },
          ],
        },
        /cases\[0\]\.fields\[0\]\.value.*stringValue/,
      ],
      ['two domains of one name', { domains: [{ name: 'x' }, { name: 'x' }] }, /two domains have the id/],
      ['two fields of one id', { domains: [{ ...domain, fields: [order, order] }] }, /two fields .* 'order'/],
      [
        'two cases of one id',
        { domains: [{ ...domain, cases: [aCase, aCase] }] },
        /two cases have the id 'return-1'/,
      ],
      [
        'an id that every object has',
        { domains: [{ ...domain, fields: [{ id: '__proto__', name: 'Order', type: 'Text' }] }] },
        /'__proto__' can't be an id/,
      ],
      [
        'a date that is none',
        { domains: [{ ...domain, cases: [{ ...aCase, createdAt: '2026-02-30' }] }] },
        /cases\[0\]\.createdAt.*ISO 8601/,
      ],
    ] as const) {
      it(what, () => assert.rejects(startEmulator({ content }), message));
    }
  });
});

describe('steering the local service over HTTP', () => {
  const ask = async (local: LocalCases, method: string, path: string, body?: object) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${local.emulator.url}/_local/${path}`, init);
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };

  it('tells that it is there', async () => {
    const { status, answer } = await ask(await localCases(), 'GET', 'health');
    assert.deepEqual([status, answer.status], [200, 'ok']);
  });
  it('changes how it behaves, and nothing where a part is wrong', async () => {
    const local = await localCases();
    const changed = await ask(local, 'PATCH', 'behaviour', { faults: ['500'], deny: ['cases:GetCase'] });
    assert.deepEqual(changed.answer.faults, ['500']);
    await refused(local.comment('x'), 'InternalServerException');
    const wrong = await ask(local, 'PATCH', 'behaviour', { faults: [], deny: ['bogus'] });
    assert.equal(wrong.status, 400);
    assert.match(String(wrong.answer.message), /bogus/);
    await refused(local.comment('x'), 'InternalServerException');
    for (const body of [{ colour: 'red' }, { faults: 'lost' }, { quota: { GetCases: 'unlimited' } }]) {
      assert.equal((await ask(local, 'PATCH', 'behaviour', body)).status, 400);
    }
    for (const quota of [{ perSecond: '5', burst: '3' }, { GetCase: null }, { GetCase: 5 }]) {
      const { status, answer } = await ask(local, 'PATCH', 'behaviour', { quota });
      assert.equal(status, 400);
      assert.match(String(answer.message), /has to have a perSecond above 0/);
    }
    await ask(local, 'PATCH', 'behaviour', { faults: [] });
    await local.comment('works again');
  });
  it('opens cases where those are that it is asked for: in the Region that it is told', async () => {
    const region = 'eu-central-1';
    const { emulator, client } = await localCases({ region }, undefined, region);
    await fetch(`${emulator.url}/_local/case`, { method: 'POST', body: '{"title":"Boiler leaks"}' });
    const { cases } = await client.send(
      new SearchCasesCommand({ domainId: demo.domainId, searchTerm: 'Boiler leaks' }),
    );
    assert.equal(cases?.length, 1);
  });
  it('goes offline and comes back', async () => {
    const local = await localCases();
    await ask(local, 'PATCH', 'behaviour', { offline: true });
    await assert.rejects(local.comment('x'), { code: 'ECONNRESET' });
    await ask(local, 'PATCH', 'behaviour', { offline: false });
    await local.comment('x');
  });
  it('shows the requests of late, without the headers that sign them', async () => {
    const local = await localCases();
    await local.comment('first');
    await raw(local, `/domains/${inFreezer.domainId}/cases/nope`, '{"fields":[{"id":"title"}]}');
    const { answer } = await ask(local, 'GET', 'requests');
    const seen = answer.requests as Record<string, unknown>[];
    assert.deepEqual(
      seen.map(({ operation, status, error, region }) => [operation, status, error, region]),
      [
        ['CreateRelatedItem', 200, undefined, 'us-east-1'],
        ['GetCase', 404, 'ResourceNotFoundException', 'us-east-1'],
      ],
    );
    assert.ok(seen.every((request) => !('headers' in request)));
  });
  it('adds a seed, exports everything, and puts back what there was at first', async () => {
    const local = await localCases();
    assert.equal((await ask(local, 'POST', 'seed', shop)).status, 200);
    assert.equal((await ask(local, 'POST', 'seed', { domains: 1 })).status, 400);
    const exported = (await ask(local, 'GET', 'export')).answer as { domains: { name: string }[] };
    assert.deepEqual(
      exported.domains.map(({ name }) => name),
      ['demo', 'Shop'],
    );
    await ask(local, 'POST', 'reset');
    assert.deepEqual((await ask(local, 'GET', 'requests')).answer, { requests: [] });
    assert.deepEqual([...local.emulator.service.state.domains.keys()], [demo.domainId]);
  });
  it('says what there is where something else is asked for', async () => {
    const { status, answer } = await ask(await localCases(), 'GET', 'helth');
    assert.equal(status, 404);
    assert.match(String(answer.message), /GET \/_local\/health/);
  });
  it('is not for pages of other websites', async () => {
    const local = await localCases();
    const headers = { origin: 'https://evil.example' };
    const response = await fetch(`${local.emulator.url}/_local/reset`, { method: 'POST', headers });
    assert.equal(response.status, 403);
  });
});
