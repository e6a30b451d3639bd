import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { environment, exampleOf } from '../support/examples';
import { Restartable } from '../support/restartable';
import { type Alarm, Devices } from './devices';
import { startMosquitto } from './mosquitto';

const desks = 3;
const devices = 30;
const alarms = 600;
/** The account's, of each operation. */
const quota = { perSecond: 10, burst: 20 };

/** In place of the minute that the example names, so that the test does not take as long. */
const againMs = 10_000;
/** Of the alarms: until so many are in their cases, each Node-RED has work. The rest may be what comes again. */
const busyShare = 0.9;

/** What the story comes to. */
export interface Shared {
  readonly alarms: number;
  readonly devices: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly cases: number;
  readonly inForeignCase: readonly string[];
  /** Of the items that the quota allows while each Node-RED has work. */
  readonly quotaUsed: number;
  /** From the first item to the last. */
  readonly seconds: number;
}

/**
 * The example with three Node-REDs and a real Mosquitto: one is killed and started again, another is killed for good
 * and goes on as a new process in its user directory, which has been moved.
 */
export async function shareAlarms(): Promise<Shared> {
  const emulator = await startEmulator({ limits: 'unlimited', quota });
  const itemsAt: number[] = [];
  const stopListening = emulator.service.onChange(({ kind }) => {
    if (kind === 'item') itemsAt.push(performance.now());
  });
  const broker = await startMosquitto();
  const nodeReds: Restartable[] = [];
  const sender = await Devices.connect(broker.port, againMs);
  try {
    for (let desk = 1; desk <= desks; desk += 1) {
      nodeReds.push(await instance(broker.port, emulator.url, desk, desks));
    }
    await Promise.all(nodeReds.map((nodeRed) => nodeRed.start()));
    const [, second, third] = nodeReds as [Restartable, Restartable, Restartable];
    const sent = Array.from({ length: alarms }, (_, index) => alarm(index));
    const send = (from: number, to: number) => sender.send(sent.slice(sent.length * from, sent.length * to));
    await send(0, 0.9);
    await sender.untilUnconfirmed(alarms * 0.7);
    // The broker has handed these on, and few of them are in a file yet.
    await send(0.9, 0.95);
    await second.kill();
    await second.start();
    await sender.untilUnconfirmed(alarms * 0.4);
    await send(0.95, 1);
    await third.kill();
    const moved = third.moved();
    nodeReds.push(moved);
    await moved.start();
    await sender.untilUnconfirmed(0);
    return outcome(emulator, sent, itemsAt);
  } finally {
    stopListening();
    await sender.end();
    await Promise.all(nodeReds.map((nodeRed) => nodeRed.remove()));
    await broker.stop();
    await emulator.close();
  }
}

const alarm = (index: number): Alarm => ({
  device: `freezer-${index % devices}`,
  id: `${index}`,
  text: 'Too warm: -11.4 °C.',
});

export const example = exampleOf('stories/mqtt-alarms-shared-by-several');

/** A Node-RED with the example, set as its note asks for. */
export async function instance(
  port: number,
  endpoint: string,
  desk: number,
  of: number,
): Promise<Restartable> {
  const flow = example.flow.map((node) =>
    node.type === 'mqtt-broker' ? { ...node, broker: '127.0.0.1', port } : node,
  );
  const nodeRed = await Restartable.with(flow);
  nodeRed.env = { ...environment(endpoint), CASES_DESK: `desk-${desk}`, CASES_DESKS: `${of}` };
  return nodeRed;
}

function outcome(emulator: Emulator, sent: readonly Alarm[], itemsAt: readonly number[]): Shared {
  const opened = [...emulator.service.state.cases.values()].flatMap(({ fields, items }) => {
    const device = fields[demo.fields.machine]?.stringValue;
    return device === undefined ? [] : [{ device, texts: items.map(({ content }) => content.comment?.body) }];
  });
  const texts = opened.flatMap((each) => each.texts);
  const textOf = ({ text, id }: Alarm) => `${text} (alarm ${id})`;
  const times = ({ device, ...rest }: Alarm) =>
    texts.filter((text) => text === textOf({ device, ...rest })).length;
  const secondsUntil = (share: number) =>
    ((itemsAt[Math.ceil(alarms * share) - 1] ?? 0) - (itemsAt[0] ?? 0)) / 1000;
  return {
    alarms,
    devices,
    lost: sent.filter((each) => times(each) === 0).map(({ id }) => id),
    doubled: sent.filter((each) => times(each) > 1).map(({ id }) => id),
    cases: opened.length,
    inForeignCase: sent
      .filter((each) => opened.some((one) => one.device !== each.device && one.texts.includes(textOf(each))))
      .map(({ id }) => id),
    quotaUsed: (alarms * busyShare) / (quota.burst + quota.perSecond * secondsUntil(busyShare)),
    seconds: secondsUntil(1),
  };
}
