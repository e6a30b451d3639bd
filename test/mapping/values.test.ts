import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { comment } from '../../nodes/related-items/comment';
import { connectCase } from '../../nodes/related-items/connect-case';
import { contact } from '../../nodes/related-items/contact';
import { custom } from '../../nodes/related-items/custom';
import { file } from '../../nodes/related-items/file';
import { sla } from '../../nodes/related-items/sla';
import type { Values } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { toRequest } from '../../src/mapping/request';
import { contentOf, items, refusalOf } from './items';

/** The text that a comment of `body` has. */
const textOf = (body: unknown, tooLong = 'error'): string =>
  (contentOf(comment, { body, tooLong }) as { comment: { body: string } }).comment.body;
/** Where and why a comment of `body` is refused. */
const refusal = (body: unknown) => {
  const { details, message } = refusalOf(comment, { body });
  return [details.field, message] as const;
};
/** What a function node makes: values of another realm, to which none of our classes are known. */
const realm = createContext({ Buffer, TextEncoder, URL });
const elsewhere = (code: string): unknown => runInContext(code, realm);

/** [what people read, JavaScript that makes the value] */
const texts: readonly [string, string][] = [
  ['Pump stopped', "new Error('Pump stopped')"],
  ['Pump stopped: no power', "new Error('Pump stopped', { cause: new Error('no power') })"],
  ['Pump stopped: fuse', "new TypeError('Pump stopped', { cause: 'fuse' })"],
  ['No way: a; b', "new AggregateError([new Error('a'), new Error('b')], 'No way')"],
  ['RangeError', 'new RangeError()'],
  ['{\n  "celsius": 21\n}', "new Map([['celsius', 21]])"],
  ['[\n  [\n    {},\n    1\n  ]\n]', 'new Map([[{}, 1]])'],
  ['[\n  1,\n  2\n]', 'new Set([1, 2])'],
  ['/hot/gi', '/hot/gi'],
  ['hello', "new TextEncoder().encode('hello')"],
  ['hello', 'new Uint8Array([104, 101, 108, 108, 111])'],
  ['hello', 'new Uint8Array([104, 101, 108, 108, 111]).buffer'],
  ['ell', 'new DataView(new Uint8Array([104, 101, 108, 108, 111]).buffer, 1, 3)'],
  ['21 °C', "Buffer.from('21 °C')"],
  ['[\n  1.5,\n  -2\n]', 'new Float64Array([1.5, -2])'],
  ['2026-03-01T12:00:00.000Z', "new Date('2026-03-01T12:00:00Z')"],
  ['wrapped', "new String('wrapped')"],
  ['7', 'new Number(7)'],
  ['false', 'new Boolean(false)'],
  ['https://example.com/', "new URL('https://example.com')"],
  ['half \ufffd', "'half \\ud83d'"],
  ['2026-03-01', "({ toJSON: () => '2026-03-01' })"],
];

describe('what people read of any value', () => {
  for (const [text, code] of texts) {
    it(`${code}, alone and inside of an object`, () => {
      const value = elsewhere(code);
      assert.equal(textOf(value), text);
      const inside = JSON.parse(textOf({ value }));
      const asRead = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
      assert.deepEqual(typeof inside.value === 'object' ? inside.value : String(inside.value), asRead);
    });
  }

  it('is the JSON that JSON.stringify writes, where that can write it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (body) => {
        fc.pre(typeof body === 'object' && body !== null && !('body' in body) && !('comment' in body));
        assert.equal(textOf(body), JSON.stringify(body, null, 2));
        assert.equal(
          textOf(elsewhere(`JSON.parse(${JSON.stringify(JSON.stringify(body))})`)),
          JSON.stringify(body, null, 2),
        );
      }),
    );
  });

  it('has all digits of a big integer', () => {
    const value = elsewhere('12345678901234567890n');
    assert.equal(textOf(value), '12345678901234567890');
    assert.equal(textOf({ value }), '{\n  "value": 12345678901234567890\n}');
  });
  it('leaves out what is undefined in an object, and keeps its place in a list', () =>
    assert.equal(textOf({ a: undefined, b: [undefined] }), '{\n  "b": [\n    null\n  ]\n}'));
  it('takes an object that is in two places of another for what it is', () => {
    const place = { room: 7 };
    assert.deepEqual(JSON.parse(textOf({ a: place, b: place })), { a: place, b: place });
  });
  it('takes an object with a content type but no text for any other object', () => {
    const image = { contentType: 'image/jpeg', url: 'https://example.com/7.jpg' };
    assert.deepEqual(JSON.parse(textOf(image)), image);
  });
});

/** [JavaScript that makes the value, what it is called] */
const textless: readonly [string, RegExp][] = [
  ["Symbol('x')", /a symbol/],
  ['() => 1', /a function/],
  ['(function* () {})()', /a Generator/],
  ['new WeakMap()', /a WeakMap/],
  ['new Date(NaN)', /an invalid Date/],
  ['NaN', /NaN/],
  ['-Infinity', /-Infinity/],
  ['Promise.resolve(1)', /a Promise/],
  ["Promise.reject(new Error('x'))", /a Promise/],
  ['new Promise(() => {})', /a Promise/],
  ['new (class { #hidden = 1 })()', /an object/],
  ['(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()', /an object/],
];

describe('what has no text', () => {
  for (const [code, called] of textless) {
    it(`${code} is refused by name, alone and inside of an object`, () => {
      const [field, message] = refusal(elsewhere(code));
      assert.equal(field, 'comment.body');
      assert.match(message, called);
      const [inside, why] = refusal({ readings: [elsewhere(code)] });
      assert.equal(inside, 'comment.body.readings[0]');
      assert.match(why, called);
    });
  }

  const thrown = [
    "Symbol('x')",
    'undefined',
    'null',
    "''",
    '{ get message() { throw 1 } }',
    "new Error('gone')",
  ];
  for (const what of thrown) {
    it(`a getter that throws ${what} is refused by name`, () => {
      const body = elsewhere(`({ get celsius() { throw ${what} } })`);
      assert.deepEqual(refusal(body)[0], 'comment.body.celsius');
      assert.equal(refusalOf(custom, { fields: body }).details.field, 'custom.fields.celsius');
    });
  }

  it('an object that refers to itself is named by its path', () => {
    const inner: Record<string, unknown> = { list: [] };
    (inner.list as unknown[]).push(new Map([['back', inner]]));
    const [field, message] = refusal({ a: { inner } });
    assert.equal(field, 'comment.body.a.inner');
    assert.equal(message, 'comment.body.a.inner refers to itself, at comment.body.a.inner.list[0].back.');
  });
});

describe('what nobody could read', () => {
  const unreadable: readonly [string, unknown, RegExp][] = [
    ['a Buffer in UTF-16 that says so', Buffer.from('\ufeffwarm', 'utf16le'), /UTF-8.*as UTF-16 does/],
    ['a Buffer in UTF-16', Buffer.from('warm', 'utf16le'), /control character \(U\+0000, at character 2\)/],
    ['a Buffer in Latin-1', Buffer.from('21 °C', 'latin1'), /UTF-8/],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), /UTF-8/],
    ['a text with a NUL', 'Freezer\0 7', /U\+0000, at character 8/],
    ['the colours of a terminal', '\u001b[31mhot', /U\+001B/],
    ['blanks', ' \t\r\n\u00a0', /blank/],
    ['what shows nothing', '\u200b\ufeff\u00ad', /blank/],
  ];
  for (const [what, body, message] of unreadable) {
    it(`${what} is refused by name`, () => {
      const [field, why] = refusal(body);
      assert.equal(field, 'comment.body');
      assert.match(why, message);
    });
  }

  it('goes for all texts, and for none of the values that may be empty', () => {
    const slaOf = (slaName: string) => refusalOf(sla, { slaName, targetSlaMinutes: 1 });
    assert.equal(slaOf('First\0').details.field, 'sla.slaInputConfiguration.name');
    assert.ok(!slaOf('First\0').message.includes('First'), 'its name is sensitive');
    assert.equal(
      refusalOf(custom, { fields: { a: '\0' } }).details.field,
      'custom.fields[0].value.stringValue',
    );
    assert.ok(contentOf(custom, { fields: { a: ' ' } }));
  });
  it('tabs and line ends are no such characters', () => assert.equal(textOf('a\tb\r\nc\n'), 'a\tb\r\nc\n'));
  it('a mark of the byte order is left out', () => assert.equal(textOf(Buffer.from('\ufeffwarm')), 'warm'));
});

/** What each node takes an id or ARN for, and where it is in the request. */
const ids: readonly [RelatedItem, (id: unknown) => Values, string][] = [
  [contact, (contactArn) => ({ contactArn }), 'contact.contactArn'],
  [file, (fileArn) => ({ fileArn: { fileArn } }), 'file.fileArn'],
  [connectCase, (relatedCaseId) => ({ relatedCaseId }), 'connectCase.caseId'],
  [custom, (id) => ({ fields: [{ id, value: 1 }] }), 'custom.fields[0].id'],
  [custom, (id) => ({ fields: { a: { userArnValue: id } } }), 'custom.fields[0].value.userArnValue'],
  [sla, (fieldId) => ({ slaName: 'x', targetSlaMinutes: 1, fieldId }), 'sla.slaInputConfiguration.fieldId'],
];

describe('ids and ARNs', () => {
  for (const [item, valuesOf, path] of ids) {
    it(`${path} is trimmed, and refused where it can be none`, () => {
      assert.deepEqual(contentOf(item, valuesOf(' \tid-7\r\n')), contentOf(item, valuesOf('id-7')));
      for (const id of ['.', '..', ' ... ', 'half \ud83d', 'a\u0000b', 'a\nb']) {
        assert.equal(refusalOf(item, valuesOf(id)).details.field, path);
      }
    });
  }

  it('goes for the case and the author, too', () => {
    const requestOf = (caseId: unknown, arn: unknown) =>
      toRequest(comment, {
        domainId: 'd',
        caseId,
        performedBy: { kind: 'userArn', value: arn },
        values: { body: 'x' },
      });
    const { caseId, performedBy } = requestOf('case-7\n', elsewhere("new String(' arn:u ')"));
    assert.deepEqual([caseId, performedBy], ['case-7', { userArn: 'arn:u' }]);
    for (const bad of ['..', '\udc00', 'a\u0007']) {
      assert.throws(() => requestOf(bad, 'arn:u'), /^CasesError: caseId /);
      assert.throws(() => requestOf('case-7', bad), /^CasesError: performedBy\.userArn /);
    }
  });
});

describe('the exact form of AWS with its member', () => {
  const content: readonly [RelatedItem, string, object][] = [
    [comment, 'body', { comment: { body: 'exact', contentType: 'Text/Plain' } }],
    [contact, 'contactArn', { contact: { contactArn: 'arn:c' } }],
    [file, 'fileArn', { file: { fileArn: 'arn:f' } }],
    [connectCase, 'relatedCaseId', { connectCase: { caseId: 'c2' } }],
    [custom, 'fields', { custom: { fields: [{ id: 'a', value: { doubleValue: 1 } }] } }],
  ];
  const configuration = { name: 'First response', targetSlaMinutes: 5, fieldId: 'status' };
  const exactSla = { sla: { slaInputConfiguration: { ...configuration, type: 'CaseField' } } };
  for (const form of [exactSla, exactSla.sla, { sla: { slaInputConfiguration: configuration } }]) {
    it(`is taken by "sla" as the object that its values are parts of: ${JSON.stringify(form)}`, () =>
      assert.deepEqual(contentOf(sla, { whole: form }), exactSla));
  }
  for (const [item, property, exact] of content) {
    it(`is taken by "${item.base}"`, () => assert.deepEqual(contentOf(item, { [property]: exact }), exact));
  }
});

describe('what every text and number becomes', () => {
  it('is well-formed, wherever the text is', () => {
    const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.constantFrom(...items), texts, (item, text) => {
        const values = {
          body: { body: text },
          slaName: text,
          targetSlaMinutes: 1,
          targetFieldValues: text,
          fields: { a: text, b: [text] },
        };
        try {
          assert.ok(JSON.stringify(contentOf(item, values)).isWellFormed());
        } catch (error) {
          assert.equal((error as Error).name, 'CasesError');
        }
      }),
    );
    assert.deepEqual(contentOf(custom, { fields: { a: 'half \ud83d' } }), {
      custom: { fields: [{ id: 'a', value: { stringValue: 'half \ufffd' } }] },
    });
  });
  it('is what the wrapper of a function node stands for', () =>
    assert.deepEqual(
      contentOf(custom, {
        fields: elsewhere(
          "new Map([['a', new String('x')], ['b', new Date(0)], ['c', 7n], ['d', new Number(1)]])",
        ),
      }),
      {
        custom: {
          fields: [
            { id: 'a', value: { stringValue: 'x' } },
            { id: 'b', value: { stringValue: '1970-01-01T00:00:00.000Z' } },
            { id: 'c', value: { doubleValue: 7 } },
            { id: 'd', value: { doubleValue: 1 } },
          ],
        },
      },
    ));
});

describe('more than anybody can send', () => {
  /** An object whose `levels` have each ten times the next: small, and without end when it is written. */
  const repeated = (levels: number): unknown =>
    levels === 0 ? 'x' : new Array(10).fill(repeated(levels - 1));
  /** A list that counts how many of its entries were read. */
  const counted = (length: number) => {
    const counter = { read: 0 };
    const list = new Proxy(new Array(length), {
      get(target, name) {
        if (typeof name === 'string' && /^\d+$/.test(name)) {
          counter.read += 1;
          return counter.read;
        }
        return Reflect.get(target, name);
      },
    });
    return { counter, list };
  };

  it('is refused before it is read', () => {
    for (const [item, property] of [
      [comment, 'body'],
      [custom, 'fields'],
      [contact, 'contactArn'],
    ] as const) {
      for (const wrap of [(list: unknown) => list, (list: unknown) => ({ list })]) {
        const { counter, list } = counted(1_000_000);
        const refused = refusalOf(item, { [property]: wrap(list) });
        assert.equal(refused.code, 'INVALID_INPUT');
        assert.ok(counter.read <= 10_000, `${counter.read} entries read for "${item.base}"`);
      }
    }
  });
  it('is refused where it is small but repeated', () => {
    assert.match(refusal(repeated(12))[1], /comment\.body has more than 15000 characters/);
    assert.match(refusalOf(custom, { fields: { a: repeated(12) } }).message, /has more than 10000 entries/);
  });
  it('is refused where it is a million members', () => {
    const body = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`k${index}`, index]));
    assert.match(refusal(body)[1], /more than 15000 characters/);
    assert.match(refusalOf(custom, { fields: body }).message, /has 1000000 entries/);
  }).timeout(60_000);
  it('is refused where it is nested without end', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    assert.match(refusal(deep)[1], /^comment\.body can't be read: "nested more than 100 levels deep"\.$/);
    assert.match(refusalOf(custom, { fields: { a: deep } }).message, /more than 100 levels/);
  });
  it('is cut where the comment node says so, and read no further than that', () => {
    const { counter, list } = counted(1_000_000);
    assert.equal(textOf(list, 'truncate').length, 15_000);
    assert.ok(counter.read <= 10_000);
    const whole = JSON.stringify(new Array(5000).fill('🔥'), null, 2);
    assert.equal(
      textOf(new Array(1e9).fill('🔥', 0, 5000), 'truncate'),
      `${[...whole].slice(0, 14_999).join('')}…`,
    );
  });
});
