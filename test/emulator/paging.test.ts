import assert from 'node:assert/strict';
import fc from 'fast-check';
import { page } from '../../src/emulator/model/paging';

interface Entry {
  readonly id: string;
}
const entry = (number: number): Entry => ({ id: `entry-${number}` });

describe('pages of the local service', () => {
  it('give each entry once, whatever is added or taken away between them', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        fc.array(
          fc.record({
            adds: fc.array(fc.nat(60), { maxLength: 3 }),
            takes: fc.array(fc.nat(60), { maxLength: 3 }),
          }),
          { maxLength: 20 },
        ),
        (count, maxResults, changes) => {
          let entries = Array.from({ length: count }, (_, index) => entry(index));
          let made = count;
          const always = new Set(entries);
          const seen: Entry[] = [];
          let nextToken: string | undefined;
          for (let pages = 0; ; pages += 1) {
            const request = { maxResults, ...(nextToken !== undefined && { nextToken }) };
            const { entries: found, nextToken: next } = page('test', entries, request, 10);
            seen.push(...found);
            nextToken = next;
            if (nextToken === undefined) break;
            const { adds = [], takes = [] } = changes[pages] ?? {};
            for (const at of adds) {
              entries = entries.toSpliced(Math.min(at, entries.length), 0, entry(made));
              made += 1;
            }
            for (const at of takes) {
              const gone = entries[at];
              if (!gone) continue;
              entries = entries.filter((each) => each !== gone);
              always.delete(gone);
            }
          }
          assert.equal(new Set(seen).size, seen.length);
          assert.deepEqual(
            [...always].filter((each) => !seen.includes(each)),
            [],
          );
        },
      ),
    ));
  it('have tokens that the model allows, however long the ids', () => {
    const entries = Array.from({ length: 200 }, (_, index) => ({ id: String(index).padStart(500, 'x') }));
    const { nextToken = '' } = page('test', entries, { maxResults: 100 }, 100);
    assert.ok(nextToken.length <= 9000);
    assert.equal(page('test', entries, { maxResults: 100, nextToken }, 100).entries[0], entries[100]);
  });
});
