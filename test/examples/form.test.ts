import assert from 'node:assert/strict';
import { configNodes } from '../../nodes/config';
import { palette } from '../../nodes/palette';
import { reporters } from '../../nodes/reporters';
import { nodeType } from '../../src/definition/node-type';
import { storedDefaults } from '../../src/definition/stored-config';
import { curlOf, type ExampleNode, examples } from '../support/examples';
import { running, stopRunning } from './running';

after(stopRunning);

/** The properties that each of our types stores in a flow, apart from what Node-RED keeps for every node. */
const ownProperties: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...configNodes, ...palette, ...reporters].map(({ base, fields }) => [
    nodeType(base),
    Object.keys(storedDefaults(fields)),
  ]),
);
const kept = ['id', 'type', 'z', 'x', 'y', 'wires'];

/** Environment variables that a flow asks for, in any of the ways that Node-RED has. */
const variablesIn = (flow: readonly ExampleNode[]): string[] => {
  const text = JSON.stringify(flow.map((node) => (node.type === 'comment' ? {} : node)));
  const read = [...text.matchAll(/\$\{(\w+)\}|\$env\(\\"(\w+)\\"\)|env\.get\('(\w+)'\)/g)].map(
    ([, inProperty, inExpression, inFunction]) => inProperty ?? inExpression ?? inFunction ?? '',
  );
  const typed = [...text.matchAll(/"(?:v|filename)":"(\w+)","(?:vt|filenameType)":"env"/g)].map(
    ([, name]) => name ?? '',
  );
  return [...new Set([...read, ...typed])];
};

describe('the examples', function () {
  this.timeout(60_000);

  it('show each of our node types', () => {
    const shown = new Set(examples.flatMap(({ flow }) => flow.map(({ type }) => type)));
    for (const type of Object.keys(ownProperties)) assert.ok(shown.has(type), `no example has ${type}`);
  });

  it('need nothing but what Node-RED brings and this package', async () => {
    const { nodeRed } = await running();
    const answer = await fetch(`${nodeRed.url}nodes`, { headers: { accept: 'application/json' } });
    const sets = (await answer.json()) as { module: string; types: string[] }[];
    const core = sets.filter(({ module }) => module === 'node-red').flatMap(({ types }) => types);
    const known = new Set(['tab', ...core, ...Object.keys(ownProperties)]);
    for (const { name, flow } of examples) {
      for (const { type } of flow) assert.ok(known.has(type), `${name}: ${type}`);
    }
  });

  it('have ids of their own, but share the domain and the credentials, so that these are set once', () => {
    const byId = new Map<string, ExampleNode>();
    for (const { name, flow } of examples) {
      for (const node of flow) {
        assert.match(node.id, /^[0-9a-f]{16}$/, name);
        const before = byId.get(node.id);
        if (before) {
          assert.equal(node.z, undefined, `${name}: ${node.id} is in another example`);
          assert.deepEqual(node, before);
        }
        byId.set(node.id, node);
      }
    }
  });

  for (const { name, text, flow } of examples) {
    describe(name, () => {
      const placed = flow.filter(({ z }) => z !== undefined);
      const ids = new Set(flow.map(({ id }) => id));

      it('is laid out as Node-RED exports it, on a tab of its own', () => {
        assert.equal(text, `${JSON.stringify(flow, null, 4)}\n`);
        const tabs = flow.filter(({ type }) => type === 'tab');
        assert.equal(tabs.length, 1);
        for (const { id, z, x, y } of placed) {
          assert.equal(z, tabs[0]?.id);
          assert.ok(Number(x) > 0 && Number(y) > 0, id);
        }
      });

      it('is wired to nodes that it has', () => {
        for (const { id, wires = [], domain: itsDomain, auth, scope, links } of flow) {
          const named = [...wires.flat(), ...[itsDomain, auth, scope, links].flat().filter(Boolean)];
          for (const other of named) {
            assert.ok(ids.has(String(other)), `${id} names ${other}`);
            assert.notEqual(other, id);
          }
        }
      });

      it('says in a comment what it does and each variable that has to be set', () => {
        const notes = flow.filter(({ type }) => type === 'comment');
        const said = notes.map(({ name: title, info }) => `${title}\n${info}`).join('\n');
        assert.match(said, /# What to set/);
        for (const variable of variablesIn(flow))
          assert.ok(said.includes(variable), `${variable} is not said`);
      });

      it('stores what our nodes store, and no secret', () => {
        for (const node of flow) {
          assert.equal('credentials' in node, false, node.id);
          const own = ownProperties[node.type];
          if (!own) continue;
          const stored = Object.keys(node).filter((property) => !kept.includes(property));
          assert.deepEqual(stored.sort(), [...own].sort(), node.type);
        }
        assert.doesNotMatch(text, /\b(AKIA|ASIA)[A-Z0-9]{12,}|PRIVATE KEY|"password": "[^"]/);
      });

      it('can be tried without what it waits for: with a button, and with curl where it is a webhook', () => {
        assert.ok(flow.some(({ type }) => type === 'inject'));
        for (const { url } of flow.filter(({ type }) => type === 'http in'))
          assert.equal(`/${curlOf({ name, text, flow }).path}`, url);
      });

      it('leaves no error unseen', () => {
        const caught = flow.filter(({ type }) => type === 'catch');
        assert.ok(caught.some(({ wires }) => (wires?.[0]?.length ?? 0) > 0));
      });
    });
  }
});
