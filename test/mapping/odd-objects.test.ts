import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comment } from '../../nodes/related-items/comment';
import { custom } from '../../nodes/related-items/custom';
import { CreateRelatedItemRequest } from '../../src/emulator/model/shapes';
import { CasesError } from '../../src/errors/errors';
import { toRequest } from '../../src/mapping/request';
import { snapshot } from '../../src/mapping/snapshot';
import { check } from '../../src/model/check';
import { items, refusalOf } from './items';
import { changed, membersOf, pickFrom, plainName, replace, tree, treeOf } from './trees';

/** The property that the content of each item comes from. */
const propertyOf: Readonly<Record<string, string>> = {
  comment: 'body',
  contact: 'contactArn',
  file: 'fileArn',
  'connect-case': 'relatedCaseId',
  sla: 'whole',
  custom: 'fields',
};
const item = fc.constantFrom(...items);
/** What `value` becomes: the content, or the member that it is refused for. */
function outcome(of: (typeof items)[number], value: unknown): unknown {
  try {
    const values = { [propertyOf[of.base] as string]: value };
    const request = toRequest(of, { domainId: 'domain', caseId: 'case', values });
    assert.equal(check(CreateRelatedItemRequest, request), undefined);
    assert.deepEqual(request, JSON.parse(JSON.stringify(request)));
    return request.content;
  } catch (error) {
    if (!(error instanceof CasesError)) throw error;
    assert.equal(error.code, 'INVALID_INPUT');
    assert.ok(error.details.field && error.message.includes(error.details.field), error.message);
    return error.message;
  }
}

/** Nodes that read a tree to its end, with the path of it. */
const readers = fc.constantFrom([comment, 'comment.body'] as const, [custom, 'custom.fields'] as const);
const numRuns = 2000;

describe('an object of any making', () => {
  it('is copied whole, whatever its members are called', () => {
    fc.assert(
      fc.property(tree, (object) => {
        assert.deepEqual(snapshot(object, 'whole'), object);
        assert.deepEqual(Object.keys(snapshot(object, 'whole') as object), Object.keys(object));
      }),
      { numRuns },
    );
  });

  it('is the same through proxies and getters, each of them read once', () => {
    const proxied = (object: object) => new Proxy(object, {});
    const readOnce = (object: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(object)) {
        let reads = 0;
        const get = () => {
          reads += 1;
          assert.equal(reads, 1, `${name} is read again`);
          return value;
        };
        // Whether there is a method of that name is asked of every object.
        if (!Array.isArray(object) && name !== 'toJSON') replace(object, name, { get });
      }
      return object;
    };
    fc.assert(
      fc.property(item, tree, (of, object) => {
        assert.deepEqual(outcome(of, changed(object, proxied)), outcome(of, object));
        assert.deepEqual(outcome(custom, changed(object, readOnce)), outcome(custom, object));
      }),
      { numRuns },
    );
  });

  it('is sent as it was checked, though it is another each time that it is read', () => {
    let accepted = 0;
    fc.assert(
      fc.property(item, tree, fc.array(tree, { minLength: 1, maxLength: 3 }), (of, object, later) => {
        const shifty = changed(object, (plain) => {
          for (const [name, value] of Object.entries(plain)) {
            let reads = 0;
            const values = [value, ...later, 'x', 7];
            if (!Array.isArray(plain)) replace(plain, name, { get: () => pickFrom(values, reads++) });
          }
          return plain;
        });
        const content = outcome(of, shifty);
        const sent = JSON.stringify(content);
        assert.deepEqual(content, JSON.parse(sent));
        changed(shifty, (read) => read);
        assert.equal(JSON.stringify(content), sent);
        if (typeof content === 'object') accepted += 1;
      }),
      { numRuns },
    );
    assert.ok(accepted > numRuns / 20, `enough of them were accepted (${accepted})`);
  });

  it('is taken or refused by name, whatever its proxies throw', () => {
    const traps = fc.constantFrom('get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor');
    fc.assert(
      fc.property(
        item,
        tree,
        traps,
        fc.nat({ max: 20 }),
        fc.anything(),
        (of, object, trap, calls, thrown) => {
          let left = calls;
          const breaks = (...parts: unknown[]) => {
            left -= 1;
            if (left < 0) throw thrown;
            return (Reflect[trap] as (...parts: unknown[]) => unknown)(...parts);
          };
          outcome(
            of,
            changed(object, (plain) => new Proxy(plain, { [trap]: breaks })),
          );
        },
      ),
      { numRuns },
    );
  });

  it('is refused by the path of a getter that throws, wherever that is', () => {
    fc.assert(
      fc.property(readers, treeOf(plainName), fc.nat(), ([of, path], object, index) => {
        const { name, around, path: wrong } = pickFrom(membersOf(object, path), index);
        const get = () => {
          throw new Error('no reading');
        };
        replace(around.at(-1)?.object as object, name, { get });
        const { details, message } = refusalOf(of, { [propertyOf[of.base] as string]: object });
        assert.deepEqual([details.field, message], [wrong, `${wrong} can't be read: "no reading".`]);
      }),
      { numRuns },
    );
  });

  it('is refused by both paths where it is in itself, wherever that is', () => {
    fc.assert(
      fc.property(readers, treeOf(plainName), fc.nat(), fc.nat(), ([of, path], object, index, outer) => {
        const { name, around, path: back } = pickFrom(membersOf(object, path), index);
        const outside = pickFrom(around, outer);
        replace(around.at(-1)?.object as object, name, { value: outside.object });
        const { details, message } = refusalOf(of, { [propertyOf[of.base] as string]: object });
        assert.deepEqual(
          [details.field, message],
          [outside.path, `${outside.path} refers to itself, at ${back}.`],
        );
      }),
      { numRuns },
    );
  });

  it('is refused by the path of the one value that is wrong, wherever that is', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ id: 'a', value: { stringValue: 7 } }, '.value.stringValue'],
      [{ id: 'a', value: { 'no such': 7 } }, '.value["no such"]'],
      [{ id: 'a', value: {} }, '.value'],
      [{ id: 'a', value: '\0' }, '.value.stringValue'],
      [{ id: '..', value: 'x' }, '.id'],
      [{ value: 'x' }, '.id'],
      [{ id: 'a', value: 'x', more: 1 }, '.more'],
      ['x', ''],
    ];
    fc.assert(
      fc.property(
        fc.nat({ max: 49 }),
        fc.nat({ max: 49 }),
        fc.constantFrom(...wrong),
        (a, b, [entry, at]) => {
          const fields: unknown[] = new Array(Math.max(a, b) + 1).fill({ id: 'a', value: 'x' });
          fields[a] = entry;
          assert.equal(refusalOf(custom, { fields }).details.field, `custom.fields[${a}]${at}`);
        },
      ),
    );
  });
});
