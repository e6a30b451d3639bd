import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Call } from '../../src/cases/call';
import { findCases } from '../../src/cases/find-cases';
import { readCase } from '../../src/cases/read-case';
import type { Input } from '../../src/model/operations';
import { FieldDirectory } from '../../src/runtime/fields/field-directory';

type Search = Input<'SearchCases'>;
type Get = Input<'GetCase'>;
type SearchItems = Input<'SearchRelatedItems'>;

/** A page of `all` as the service gives it: from where the last one ended, with a token where there is more. */
function page<Entry>(all: readonly Entry[], size: number, token: string | undefined) {
  const from = Number(token ?? 0);
  const nextToken = from + size < all.length ? String(from + size) : undefined;
  return { entries: all.slice(from, from + size), ...(nextToken && { nextToken }) };
}

const query = {
  domainId: 'd1',
  sort: { fieldId: 'last_updated_datetime', sortOrder: 'Desc' },
  fields: ['title', 'machine'],
  limit: 100,
} as const;

describe('finding cases', () => {
  it('reads all pages up to the limit and asks for no more than that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(350), fc.integer({ min: 1, max: 300 }), async (count, limit) => {
        const all = Array.from({ length: count }, (_, index) => ({
          caseId: `c${index}`,
          templateId: 't',
          fields: [],
        }));
        let read = 0;
        const call = (async (_operation: string, { maxResults = 0, nextToken }: Search) => {
          assert.ok(maxResults >= 1 && maxResults <= 100);
          const { entries: cases, ...more } = page(all, maxResults, nextToken);
          read += cases.length;
          return { cases, ...more };
        }) as unknown as Call;
        const found = await findCases(call, { ...query, limit });
        assert.deepEqual(
          found.map(({ caseId }) => caseId),
          all.slice(0, limit).map(({ caseId }) => caseId),
        );
        assert.ok(read <= limit);
      }),
    );
  });

  it('hands on what the query says', async () => {
    let sent: unknown;
    const call = (async (_operation: string, input: Search) => {
      sent = input;
      return { cases: [] };
    }) as unknown as Call;
    const filter = { field: { equalTo: { id: 'machine', value: { stringValue: 'boiler-3' } } } };
    await findCases(call, { ...query, filter, searchTerm: 'leaks', limit: 7 });
    assert.deepEqual(sent, {
      domainId: 'd1',
      filter,
      searchTerm: 'leaks',
      sorts: [{ fieldId: 'last_updated_datetime', sortOrder: 'Desc' }],
      fields: [{ id: 'title' }, { id: 'machine' }],
      maxResults: 7,
    });
  });

  it('gives plain values under the names that the fields have', async () => {
    const fields = [
      { id: 'title', value: { stringValue: 'Leaks' } },
      { id: 'f1', value: { doubleValue: -11.5 } },
      { id: 'f2', value: { booleanValue: false } },
      { id: 'f3', value: { userArnValue: 'arn:aws:connect:user' } },
      { id: 'f4', value: { emptyValue: {} } },
    ];
    const call = (async () => ({ cases: [{ caseId: 'c1', templateId: 't1', fields }] })) as unknown as Call;
    const names: Record<string, string> = {
      title: 'Title',
      f1: 'Temperature in °C',
      f2: 'Leaks',
      f3: 'Agent',
    };
    assert.deepEqual(await findCases(call, query, (id) => names[id] ?? id), [
      {
        caseId: 'c1',
        templateId: 't1',
        fields: {
          Title: 'Leaks',
          'Temperature in °C': -11.5,
          Leaks: false,
          Agent: 'arn:aws:connect:user',
          f4: null,
        },
      },
    ]);
  });
});

describe('reading a case', () => {
  const request = { domainId: 'd1', caseId: 'c1', fields: ['title'], relatedItems: [] };

  it('reads more fields than one request takes, and all pages', async () => {
    const wanted = Array.from({ length: 500 }, (_, index) => `field-${index}`);
    const call = (async (_operation: string, { fields = [], nextToken }: Get) => {
      assert.ok(fields.length >= 1 && fields.length <= 220);
      const values = fields.map(({ id }) => ({ id, value: { stringValue: `value of ${id}` } }));
      const { entries, ...more } = page(values, 90, nextToken);
      return { templateId: 't1', tags: { team: 'north' }, fields: entries, ...more };
    }) as unknown as Call;
    assert.deepEqual(await readCase(call, { ...request, fields: wanted }), {
      caseId: 'c1',
      templateId: 't1',
      tags: { team: 'north' },
      fields: Object.fromEntries(wanted.map((id) => [id, `value of ${id}`])),
    });
  });

  it('reads the items of all pages, oldest first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(1e9), { maxLength: 120, size: 'max' }), async (times) => {
        const all = times.map((time) => ({
          relatedItemId: `item-${time}`,
          type: 'Comment',
          associationTime: new Date(time),
          content: { comment: { body: `at ${time}`, contentType: 'Text/Plain' } },
        }));
        const call = (async (operation: string, { filters, maxResults = 0, nextToken }: SearchItems) => {
          if (operation === 'GetCase') return { templateId: 't1', fields: [] };
          assert.deepEqual(filters, [{ comment: {} }, { sla: {} }]);
          const { entries: relatedItems, ...more } = page(all, maxResults, nextToken);
          return { relatedItems, ...more };
        }) as unknown as Call;
        const { relatedItems } = await readCase(call, { ...request, relatedItems: ['Comment', 'Sla'] });
        assert.deepEqual(
          relatedItems?.map(({ associationTime }) => associationTime),
          times.toSorted((a, b) => a - b).map((time) => new Date(time).toISOString()),
        );
      }),
    );
  });
});

describe('a list whose pages never end', () => {
  /** One page after the other with the same cases, fields and items. */
  function endless() {
    const endless = { pages: 0 };
    const call = (async () => {
      endless.pages += 1;
      const caseId = 'c1';
      return {
        cases: [{ caseId, templateId: 't', fields: [] }],
        fields: [],
        templateId: 't',
        relatedItems: [{ relatedItemId: 'i1', type: 'Comment' }],
        nextToken: `${endless.pages}`,
      };
    }) as unknown as Call;
    return { call, endless };
  }
  const caseRequest = { domainId: 'd1', caseId: 'c1', fields: ['title'], relatedItems: [] };

  it('of cases is refused after twice as many as there should be, where the limit is not reached', async () => {
    const { call, endless: list } = endless();
    await assert.rejects(findCases(call, { ...query, limit: 500 }), { code: 'SERVICE' });
    assert.equal(list.pages, 20);
  });

  it('of the fields of a case, or of its items, is refused', async () => {
    for (const request of [caseRequest, { ...caseRequest, fields: [], relatedItems: ['Comment' as const] }]) {
      const { call, endless: list } = endless();
      await assert.rejects(readCase(call, request), { code: 'SERVICE', message: /more than 80 pages/ });
      assert.ok(list.pages <= 81, `${list.pages}`);
    }
  });

  it('of what a domain has names for is refused, and read again when it is asked for again', async () => {
    const { call, endless: list } = endless();
    const directory = new FieldDirectory({ domainId: 'd1', call, now: () => 0, onWarning: assert.fail });
    for (const read of [
      () => directory.fields(),
      () => directory.options('f1'),
      () => directory.templates(() => true),
    ]) {
      await assert.rejects(read(), { code: 'SERVICE', message: /more than 80 pages/ });
      await assert.rejects(read(), { code: 'SERVICE' });
    }
    assert.equal(list.pages, 6 * 80);
  });
});
