import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromBytes, toBytes } from '../../../src/delivery/store/disk/message-bytes';

const _msgid = 'id';
const back = (msg: unknown) => fromBytes(toBytes(msg).bytes);
const nothing = () => {};
const fails = () => {
  throw new Error('not for you');
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const detached = () => {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
};
const nested = (levels: number, around: (inner: unknown) => unknown) => {
  let value: unknown = 0;
  for (let level = 0; level < levels; level += 1) value = around(value);
  return value;
};

describe('a message as bytes', () => {
  it('is what it was, but for members that nobody can write down', () => {
    const unwritable = {
      ...{ function: nothing, symbol: Symbol('x'), weak: new WeakMap(), promise: Promise.resolve() },
      ...{ shared: new SharedArrayBuffer(8), detached: detached(), revoked: revoked() },
      proxy: new Proxy({}, { ownKeys: fails, getPrototypeOf: fails }),
      get getter() {
        return fails();
      },
    };
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(unwritable))) {
      const msg = Object.defineProperty({ _msgid, payload: [1n, new Date(5)] }, name, member);
      assert.equal(toBytes(msg).complete, false, name);
      assert.deepEqual(back(msg), { _msgid, payload: [1n, new Date(5)] }, name);
    }
  });

  it('has nothing left of an HTTP response, which a node would take for one that answers', () => {
    const msg = { _msgid, req: { nothing, headers: {} }, res: { nothing, statusCode: 200 } };
    assert.deepEqual(back(msg), { _msgid });
    const own = { _msgid, req: { headers: {} }, res: 'a text of mine', nothing };
    assert.deepEqual(back(own), { _msgid, req: { headers: {} }, res: 'a text of mine' });
  });

  it('is its id alone where it is nothing that can be looked into', () => {
    const blind = {
      get: (_: object, name: string) => (name === '_msgid' ? _msgid : fails()),
      ownKeys: fails,
    };
    assert.deepEqual(back(new Proxy({}, blind)), { _msgid });
    assert.deepEqual(back(new Proxy({}, { ...blind, getPrototypeOf: fails })), { _msgid });
    for (const msg of [revoked(), nothing, Symbol('x')]) assert.deepEqual(back(msg), { _msgid: undefined });
  });

  it('is its id alone where it goes deeper than everybody can read', () => {
    const around: readonly ((inner: unknown) => unknown)[] = [
      (inner) => ({ inner }),
      (inner) => [inner],
      (inner) => new Map([['inner', inner]]),
      (inner) => new Set([inner]),
    ];
    for (const wrap of around) {
      for (const levels of [3000, 9000, 100_000]) {
        const payload = nested(levels, wrap);
        for (const msg of [
          { _msgid, payload },
          { _msgid, payload, nothing },
        ]) {
          assert.equal(toBytes(msg).complete, false);
          assert.deepEqual(back(msg), { _msgid });
        }
      }
      const msg = { _msgid, payload: nested(100, wrap), long: 'x'.repeat(10_000) };
      assert.deepEqual(back(msg), msg);
    }
  });

  it('is the rest of it where a Buffer is over 1 MB, and its id alone where all of it is', () => {
    const payload = Buffer.alloc(2 ** 20 + 1);
    assert.deepEqual(back({ _msgid, payload, topic: 'camera' }), { _msgid, topic: 'camera' });
    assert.deepEqual(back({ _msgid, payload: 'x'.repeat(2 ** 20), topic: 'log' }), { _msgid });
    const many = new Array(20_000).fill(1);
    assert.deepEqual(back({ _msgid, many }), { _msgid, many });
    assert.deepEqual(back({ many, _msgid, nothing }), { _msgid });
  });

  it('can be read, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        (payload) => {
          const { bytes, complete } = toBytes({ _msgid, payload });
          assert.equal((fromBytes(bytes) as { _msgid: string })._msgid, _msgid);
          assert.ok(complete);
        },
      ),
    );
  });
});
