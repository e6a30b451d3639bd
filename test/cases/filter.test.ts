import assert from 'node:assert/strict';
import type { CaseFilter } from '@aws-sdk/client-connectcases';
import fc from 'fast-check';
import { type Condition, caseFilter, operators } from '../../src/cases/filter';

const text = (id: string, stringValue: string) => ({ id, value: { stringValue } });

describe('the filter of a search for cases', () => {
  it('is none where every case is wanted', () => {
    assert.equal(caseFilter([], 'any'), undefined);
  });

  it('says each operator as the service does', () => {
    for (const operator of operators) {
      const wanted = text('priority', 'high');
      assert.deepEqual(
        caseFilter([{ ...wanted, operator }], 'any'),
        operator === 'notEqualTo'
          ? { not: { field: { equalTo: wanted } } }
          : { field: { [operator]: wanted } },
      );
    }
  });

  it('leaves out closed cases', () => {
    assert.deepEqual(caseFilter([], 'notClosed'), { not: { field: { equalTo: text('status', 'closed') } } });
    assert.deepEqual(caseFilter([{ ...text('machine', 'boiler-3'), operator: 'equalTo' }], 'notClosed'), {
      andAll: [
        { field: { equalTo: text('machine', 'boiler-3') } },
        { not: { field: { equalTo: text('status', 'closed') } } },
      ],
    });
  });

  it('holds all conditions, however many, in lists as long as the service takes', () => {
    const condition = fc.record({ number: fc.nat(), operator: fc.constantFrom(...operators) });
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 120, size: 'max' }), (each) => {
        const conditions: Condition[] = each.map(({ number, operator }, index) => ({
          id: `field-${index}`,
          operator,
          value: { doubleValue: number },
        }));
        const leaves: string[] = [];
        const visit = (filter: CaseFilter): void => {
          assert.equal(Object.keys(filter).length, 1);
          if (filter.andAll) {
            assert.ok(filter.andAll.length >= 2 && filter.andAll.length <= 10);
            filter.andAll.forEach(visit);
          } else leaves.push(JSON.stringify(filter));
        };
        const filter = caseFilter(conditions, 'any');
        if (filter) visit(filter);
        assert.deepEqual(
          leaves,
          conditions.map((one) => JSON.stringify(caseFilter([one], 'any'))),
        );
      }),
    );
  });
});
