import assert from 'node:assert/strict';
import type { CustomFieldsFilter, RelatedItemTypeFilter } from '@aws-sdk/client-connectcases';
import fc from 'fast-check';
import { demo } from '../../src/emulator';
import {
  closeLocalCases,
  commentsOf,
  type LocalCases,
  localCases,
  pump,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const { machine, temperature, nextVisit } = demo.fields;
const custom = (name: string, degrees: number) => ({
  custom: {
    fields: [
      { id: machine, value: { stringValue: name } },
      { id: temperature, value: { doubleValue: degrees } },
    ],
  },
});

describe('SearchRelatedItems of the local service', () => {
  let local: LocalCases;
  let now = Date.parse('2026-09-01T10:00:00Z');
  beforeEach(async () => {
    local = await localCases({ now: () => now });
  });

  it('pages through everything once, newest first, whatever the page size', async () => {
    const bodies = Array.from({ length: 23 }, (_, index) => `comment ${index}`);
    for (const body of bodies) await local.comment(body);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 25 }), async (maxResults) => {
        const found: unknown[] = [];
        let nextToken: string | undefined;
        do {
          const page = await local.search({ maxResults, nextToken });
          assert.ok(page.relatedItems.length <= maxResults);
          found.push(...page.relatedItems.map(({ content }) => content?.comment?.body));
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
        assert.deepEqual(found, bodies.toReversed());
      }),
      { numRuns: 25 },
    );
  });
  it('goes on where it was when items arrive between two pages', async () => {
    for (const body of ['a', 'b', 'c']) await local.comment(body);
    const first = await local.search({ maxResults: 2 });
    await local.comment('d');
    const second = await local.search({ maxResults: 2, nextToken: first.nextToken });
    assert.deepEqual(
      second.relatedItems.map(({ content }) => content),
      [{ comment: { body: 'a', contentType: 'Text/Plain' } }],
    );
  });
  it('gives 25 items where no size is asked for', async () => {
    for (let count = 0; count < 26; count += 1) await local.comment('x');
    const { relatedItems, nextToken } = await local.search();
    assert.equal(relatedItems.length, 25);
    assert.ok(nextToken);
  });
  it('refuses pages of more than 25, and a token of its own or another list that it did not give', async () => {
    await refused(local.search({ maxResults: 26 }), 'ValidationException', /maxResults/);
    await refused(local.search({ nextToken: 'made up' }), 'ValidationException', /nextToken/);
    for (let count = 0; count < 2; count += 1) await local.comment('x');
    const { nextToken } = await local.search({ maxResults: 1 });
    await refused(local.search({ caseId: pump.id, nextToken }), 'ValidationException', /nextToken/);
  });

  describe('finds with a filter', () => {
    const sla = (name: string, minutes: number, target = 'closed') =>
      local.create('Sla', {
        sla: {
          slaInputConfiguration: {
            name,
            type: 'CaseField',
            fieldId: 'status',
            targetFieldValues: [{ stringValue: target }],
            targetSlaMinutes: minutes,
          },
        },
      });
    /** Ids by a short name, of one item of each kind. */
    async function oneOfEach(): Promise<Map<string | undefined, string>> {
      const created = {
        comment: await local.comment('hi'),
        contact: await local.create('Contact', { contact: { contactArn: demo.contactArn } }),
        file: await local.create('File', { file: { fileArn: demo.fileArn } }),
        short: await sla('short', 1),
        long: await sla('long', 600),
        met: await sla('met', 600, 'open'),
        link: await local.create('ConnectCase', { connectCase: { caseId: pump.id } }),
        cold: await local.create('Custom', custom('Freezer', -18)),
        warm: await local.create('Custom', custom('Pump', 40)),
      };
      return new Map(Object.entries(created).map(([name, { relatedItemId }]) => [relatedItemId, name]));
    }
    const found = async (names: Map<string | undefined, string>, ...filters: RelatedItemTypeFilter[]) => {
      const { relatedItems } = await local.search({ filters });
      return relatedItems.map(({ relatedItemId }) => names.get(relatedItemId)).toSorted();
    };

    it('items of a type, by what they link to, and of any of several filters', async () => {
      const names = await oneOfEach();
      assert.deepEqual(await found(names, { comment: {} }), ['comment']);
      assert.deepEqual(await found(names, { contact: {} }), ['contact']);
      assert.deepEqual(await found(names, { contact: { contactArn: demo.contactArn, channel: ['VOICE'] } }), [
        'contact',
      ]);
      assert.deepEqual(await found(names, { contact: { contactArn: `${demo.contactArn}0` } }), []);
      assert.deepEqual(await found(names, { contact: { channel: ['CHAT'] } }), []);
      assert.deepEqual(await found(names, { file: { fileArn: demo.fileArn } }), ['file']);
      assert.deepEqual(await found(names, { file: { fileArn: `${demo.fileArn}0` } }), []);
      assert.deepEqual(await found(names, { connectCase: { caseId: pump.id } }), ['link']);
      assert.deepEqual(await found(names, { connectCase: { caseId: 'other' } }), []);
      assert.deepEqual(await found(names, { comment: {} }, { file: {} }), ['comment', 'file']);
    });
    it('SLAs by name and by status, which moves with the clock', async () => {
      const names = await oneOfEach();
      assert.deepEqual(await found(names, { sla: { name: 'long' } }), ['long']);
      assert.deepEqual(await found(names, { sla: { status: 'Active' } }), ['long', 'short']);
      now += 2 * 60_000;
      assert.deepEqual(await found(names, { sla: { status: 'Active' } }), ['long']);
      assert.deepEqual(await found(names, { sla: { status: 'Overdue' } }), ['short']);
      assert.deepEqual(await found(names, { sla: { status: 'Met' } }), ['met']);
    });
    it('custom items by their fields, nested as deep as it takes', async () => {
      const names = await oneOfEach();
      const where = (fields: CustomFieldsFilter) => found(names, { custom: { fields } });
      const above = (degrees: number): CustomFieldsFilter => ({
        field: { greaterThan: { id: temperature, value: { doubleValue: degrees } } },
      });
      const named = (text: string): CustomFieldsFilter => ({
        field: { contains: { id: machine, value: { stringValue: text } } },
      });
      assert.deepEqual(await found(names, { custom: {} }), ['cold', 'warm']);
      assert.deepEqual(await where(above(0)), ['warm']);
      assert.deepEqual(await where(named('FREEZ')), ['cold']);
      assert.deepEqual(await where({ not: above(0) }), ['cold']);
      assert.deepEqual(await where({ orAll: [above(0), named('freezer')] }), ['cold', 'warm']);
      assert.deepEqual(await where({ andAll: [above(-20), { not: { orAll: [named('pump')] } }] }), ['cold']);
      const noVisit = { field: { equalTo: { id: nextVisit, value: { emptyValue: {} } } } };
      assert.deepEqual(await where(noVisit), ['cold', 'warm']);
      await refused(
        where({ field: { equalTo: { id: 'nope', value: { doubleValue: 1 } } } }),
        'ValidationException',
      );
      await refused(
        where({ not: { field: { equalTo: { id: machine, value: { doubleValue: 1 } } } } }),
        'ValidationException',
      );
    });
  });

  it('shows new items only after the lag that was asked for', async () => {
    local.emulator.setFaults(['lag:3']);
    await local.comment('late');
    assert.deepEqual(await commentsOf(local), []);
    now += 3000;
    assert.deepEqual(await commentsOf(local), ['late']);
  });
});
