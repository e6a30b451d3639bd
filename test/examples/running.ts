import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import type { RelatedItem } from '../../src/emulator/state/state';
import { type DebugSidebar, openDebugSidebar } from '../support/debug-sidebar';
import { deploy, untilFound } from '../support/deployed-flow';
import { curlOf, type Example, type ExampleNode, environment, exampleOf, nodeOf } from '../support/examples';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { type StandIn, startSnsStandIn } from './sns-stand-in';

export const topicArn = 'arn:aws:sns:us-east-1:123456789012:freezer-alarms';
export const [freezer, pump] = demo.cases;

/** What the examples find on a machine that has been set up for them. */
export interface Running {
  readonly nodeRed: NodeRed;
  readonly debugSidebar: DebugSidebar;
  readonly emulator: Emulator;
  readonly sns: StandIn;
  readonly bookingsFile: string;
  readonly deadLettersFile: string;
}

let started: Promise<Running> | undefined;

/** A Node-RED whose environment is set as the comment nodes ask for; one until it is stopped. */
export function running(): Promise<Running> {
  started ??= start();
  return started;
}

/** Stops it; for `after` of each file. */
export async function stopRunning(this: Mocha.Context): Promise<void> {
  this.timeout(30_000);
  if (!started) return;
  const { nodeRed, debugSidebar, emulator, sns, bookingsFile } = await started;
  started = undefined;
  debugSidebar.close();
  await nodeRed.stop();
  await emulator.close();
  await sns.close();
  await rm(join(bookingsFile, '..'), { recursive: true, force: true });
}

async function start(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-cases-examples-'));
  const emulator = await startEmulator({ quota: 'unlimited', limits: 'unlimited' });
  const sns = await startSnsStandIn(folder);
  const files = {
    bookingsFile: join(folder, 'bookings.csv'),
    deadLettersFile: join(folder, 'kept', 'dead-letters.jsonl'),
  };
  const nodeRed = await startNodeRed(
    {},
    {
      ...environment(emulator.url),
      BOOKINGS_FILE: files.bookingsFile,
      DEAD_LETTERS_FILE: files.deadLettersFile,
      RETRY_SECONDS: '0.2',
      SNS_TOPIC_ARN: topicArn,
      NODE_EXTRA_CA_CERTS: sns.certificateFile,
      HTTPS_PROXY: sns.proxyUrl,
      NO_PROXY: 'cases.us-east-1.amazonaws.com',
    },
  );
  return { nodeRed, debugSidebar: await openDebugSidebar(nodeRed.url), emulator, sns, ...files };
}

/** What the service knows of the cases whose machine has this name: their titles and statuses, and texts of their comments. */
export async function casesAbout(name: string) {
  const { emulator } = await running();
  return [...emulator.service.state.cases.values()]
    .filter(({ fields }) => fields[demo.fields.machine]?.stringValue === name)
    .map(({ fields, items }) => ({
      title: fields.title?.stringValue,
      status: fields.status?.stringValue,
      comments: items.flatMap(({ content }) => content.comment?.body ?? []),
      slas: items.flatMap(({ content }) => content.sla?.slaInputConfiguration ?? []),
    }));
}

/** An example that runs. */
export interface Deployed {
  /** Presses the button of the inject node of this name, or of the only one. */
  press(name?: string): Promise<void>;
  /** Posts to a webhook; an object goes as JSON, a text as SNS sends it. */
  post(path: string, body: unknown): Promise<{ status: number; body: string }>;
  /** Sends what the curl line of its note sends, with these texts in place of its place-holders. */
  curl(given?: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
  /** Waits until its debug node of this name shows a text like this; each counts once. */
  shows(name: string, text: RegExp): Promise<void>;
  /** The items that the service has made since, in their order; resolves once there are so many. */
  items(count: number): Promise<readonly NewItem[]>;
  readonly made: readonly NewItem[];
}

export interface NewItem extends RelatedItem {
  readonly caseId: string;
}

let stopListening = () => {};

/** Deploys an example; `adapt` changes a node as a person would who has another broker. */
export async function deployed(
  name: string,
  adapt: (node: ExampleNode) => ExampleNode = (node) => node,
): Promise<Deployed> {
  const { nodeRed, debugSidebar, emulator } = await running();
  const example: Example = exampleOf(name);
  const made: NewItem[] = [];
  let arrived = () => {};
  stopListening();
  stopListening = emulator.service.onChange((change) => {
    if (change.kind !== 'item') return;
    made.push({ ...change.item, caseId: change.caseId });
    arrived();
  });
  await deploy(nodeRed.url, example.flow.map(adapt));
  debugSidebar.clear();
  const post = async (path: string, body: string, type: string) => {
    const answer = await untilFound(() =>
      fetch(`${nodeRed.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body }),
    );
    return { status: answer.status, body: await answer.text() };
  };
  return {
    made,
    shows: (label, text) => debugSidebar.shows(nodeOf(example, 'debug', label).id, text),
    post: (path, body) =>
      typeof body === 'string'
        ? post(path, body, 'text/plain; charset=UTF-8')
        : post(path, JSON.stringify(body), 'application/json'),
    curl(given = {}) {
      const { path, type, body } = curlOf(example);
      const filledIn = Object.entries(given).reduce((text, [name, value]) => text.replace(name, value), body);
      return post(path, filledIn, type);
    },
    async press(label) {
      await untilFound(() =>
        fetch(`${nodeRed.url}inject/${nodeOf(example, 'inject', label).id}`, { method: 'POST' }),
      );
    },
    async items(count) {
      while (made.length < count) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
      return made;
    },
  };
}
