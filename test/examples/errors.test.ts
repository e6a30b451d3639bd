import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorReport } from '../../src/errors/errors';
import { deployed, freezer, running, stopRunning } from './running';

after(stopRunning);

const story = 'stories/errors-retried-or-kept';

/** The story with settings of the domain that bring an error about soon. */
const withDomain = (settings: object) =>
  deployed(story, (node) => (node.type === 'connect-cases-domain' ? { ...node, ...settings } : node));

interface DeadLetter {
  readonly at: string;
  readonly error: ErrorReport;
  readonly tries?: number;
  readonly caseId: string;
  readonly payload: string;
}

/** The lines of the file, once there are so many. */
async function deadLetters(count: number): Promise<DeadLetter[]> {
  const { deadLettersFile } = await running();
  for (;;) {
    const text = await readFile(deadLettersFile, 'utf8').catch(() => '');
    const lines = text.split('\n').filter(Boolean);
    if (text.endsWith('\n') && lines.length >= count) return lines.map((line) => JSON.parse(line));
    await pause(20);
  }
}

describe('the example for errors', function () {
  this.timeout(60_000);

  beforeEach(async () => rm((await running()).deadLettersFile, { force: true }));
  afterEach(async () => {
    const { emulator } = await running();
    emulator.setFaults([]);
    emulator.setDenied([]);
    emulator.setLatency(0);
  });

  it('delivers a good message', async () => {
    const flow = await deployed(story);
    await flow.press('a good one');
    const [item] = await flow.items(1);
    assert.equal(item?.content.comment?.body, 'Freezer 7 is at -11 °C.');
  });

  it('keeps a wrong message, with the reason, at once', async () => {
    const flow = await deployed(story);
    await flow.press('one without text');
    const [letter, ...more] = await deadLetters(1);
    assert.deepEqual(more, []);
    assert.equal(letter?.error.code, 'INVALID_INPUT');
    assert.equal(letter?.error.field, 'comment.body');
    assert.equal(letter?.tries, undefined);
    assert.equal(letter?.caseId, freezer.id);
    assert.equal(letter?.payload, '');
    assert.ok(Date.parse(letter?.at ?? '') > 0);
  });

  it('keeps every message while the set-up is wrong', async () => {
    const { emulator } = await running();
    emulator.setDenied(['cases:CreateRelatedItem']);
    const flow = await deployed(story);
    await flow.press('a good one');
    const [letter] = await deadLetters(1);
    assert.equal(letter?.error.code, 'ACCESS_DENIED');
    assert.equal(letter?.payload, 'Freezer 7 is at -11 °C.');
  });

  it('keeps a message that may be in the case already', async () => {
    const { emulator } = await running();
    emulator.setFaults(['lost']);
    const flow = await withDomain({ ambiguous: 'fail' });
    await flow.press('a good one');
    const [letter] = await deadLetters(1);
    assert.equal(letter?.error.created, 'unknown');
    assert.equal((await flow.items(1)).length, 1);
  });

  it('sends a message again later that the domain gave up', async () => {
    const { emulator } = await running();
    emulator.setLatency(300);
    const flow = await withDomain({ maxWaiting: 1 });
    for (let n = 0; n < 3; n += 1) await flow.press('a good one');
    emulator.setLatency(0);
    assert.equal((await flow.items(3)).length, 3);
  });

  it('gives a message up after three more times', async () => {
    const { emulator } = await running();
    emulator.setFaults(['503']);
    const flow = await withDomain({ deadlineSeconds: 0.3 });
    await flow.press('a good one');
    const [letter] = await deadLetters(1);
    assert.equal(letter?.error.code, 'EXPIRED');
    assert.equal(letter?.error.created, 'no');
    assert.equal(letter?.tries, 3);
    assert.deepEqual(flow.made, []);
  });
});
