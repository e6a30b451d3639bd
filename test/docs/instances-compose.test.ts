import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { environment, exampleOf, nodeOf } from '../support/examples';

interface Service {
  readonly build?: { readonly dockerfile_inline: string };
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly stop_grace_period?: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
}
const example = exampleOf('stories/mqtt-alarms-shared-by-several');
const text = readFileSync(join(resolve(__dirname, '../../docs'), 'instances-compose.yaml'), 'utf8');
const { services } = load(text, { schema: CORE_SCHEMA.withTags(mergeTag) }) as {
  services: Readonly<Record<string, Service>>;
};
const nodeReds = Object.values(services).filter(({ environment: set }) => set);

/** What the nodes of the example take from the environment. */
const asked = new Set(
  [...example.text.matchAll(/\$\{(\w+)\}|env\.get\('(\w+)'\)/g)].map(
    ([, inNode, inFunction]) => inNode ?? inFunction,
  ),
);

describe('the compose file for several Node-REDs', () => {
  it('sets what the example asks for, and the keys', () => {
    const keys = Object.keys(environment('')).filter((name) => /^AWS_\w+KEY/.test(name));
    for (const { environment: set = {} } of nodeReds)
      assert.deepEqual(Object.keys(set).toSorted(), [...asked, ...keys].toSorted());
  });

  it('has as many desks as it says, each with a directory and a port of its own', () => {
    const desks = nodeReds.map(({ environment: set }) => set?.CASES_DESK);
    assert.deepEqual(
      desks,
      nodeReds.map((_, index) => `desk-${index + 1}`),
    );
    for (const { environment: set } of nodeReds) assert.equal(set?.CASES_DESKS, nodeReds.length);
    const own = Object.values(services).flatMap(({ ports, volumes }) => [
      ports[0]?.split(':')[1],
      volumes[0],
    ]);
    assert.equal(new Set(own).size, own.length);
  });

  it('has a Node-RED that brings a Node.js on which messages wait on disk', () => {
    for (const { build } of nodeReds)
      assert.match(build?.dockerfile_inline ?? '', /^FROM nodered\/node-red:5\./m);
  });

  it('gives Node-RED longer to stop than the 15 seconds that Node-RED gives its nodes', () => {
    for (const { stop_grace_period: period = '' } of nodeReds)
      assert.ok(Number(/^(\d+)s$/.exec(period)?.[1]) > 15, period);
  });

  it('has a broker at the port that the example names', () => {
    const { port } = nodeOf(example, 'mqtt-broker');
    assert.ok(services.mosquitto?.ports[0]?.endsWith(`:${port}`));
  });
});
