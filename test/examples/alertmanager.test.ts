import assert from 'node:assert/strict';
import { type Deployed, deployed, freezer, pump, running } from '../support/running';

const address = 'alertmanager';

/** A notification of Alertmanager (version 4 of its webhook), of one group with two alerts. */
const notification = (changes: object = {}) => ({
  version: '4',
  groupKey: '{}/{team="cooling"}:{alertname="FreezerTooWarm"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'cases',
  groupLabels: { alertname: 'FreezerTooWarm' },
  commonLabels: { alertname: 'FreezerTooWarm', job: 'cooling', severity: 'critical', team: 'cooling' },
  commonAnnotations: { description: 'It has been too warm for 5 minutes.' },
  externalURL: 'http://alertmanager.example:9093',
  alerts: [
    alert('freezer-7', '-11.4 °C > -18 °C', '1a30ba71cca2921f'),
    alert('freezer-8', '-12 °C > -18 °C', '9c1f2f0a6b1f7d3e'),
  ],
  ...changes,
});

const alert = (instance: string, summary: string, fingerprint: string) => ({
  status: 'firing',
  labels: { alertname: 'FreezerTooWarm', instance, job: 'cooling', severity: 'critical', team: 'cooling' },
  annotations: { description: 'It has been too warm for 5 minutes.', summary: `${instance}: ${summary}` },
  startsAt: '2026-11-03T13:08:45.828Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example:9090/graph?g0.expr=celsius+%3E+-18&g0.tab=1',
  fingerprint,
});

describe('the example for Alertmanager', function () {
  this.timeout(60_000);
  let flow: Deployed;

  beforeEach(async () => {
    flow = await deployed('stories/alertmanager-webhook-to-comment');
  });
  afterEach(async () => (await running()).emulator.setFaults([]));

  it('writes a comment that people can read, and answers when it is in the case', async () => {
    assert.equal((await flow.post(address, notification())).status, 200);
    const [item, ...more] = flow.made;
    assert.deepEqual(more, []);
    assert.equal(item?.caseId, freezer.id);
    assert.equal(
      item?.content.comment?.body,
      [
        'firing: FreezerTooWarm',
        '',
        'firing since 2026-11-03T13:08:45.828Z',
        'freezer-7: -11.4 °C > -18 °C',
        'It has been too warm for 5 minutes.',
        'http://prometheus.example:9090/graph?g0.expr=celsius+%3E+-18&g0.tab=1',
        '',
        'firing since 2026-11-03T13:08:45.828Z',
        'freezer-8: -12 °C > -18 °C',
        'It has been too warm for 5 minutes.',
        'http://prometheus.example:9090/graph?g0.expr=celsius+%3E+-18&g0.tab=1',
        '',
      ].join('\n'),
    );
  });

  it('takes the case from the annotation case_id', async () => {
    await flow.post(address, notification({ commonAnnotations: { case_id: pump.id } }));
    assert.equal(flow.made[0]?.caseId, pump.id);
  });

  it('does not write again what Alertmanager repeats, but writes what has changed', async () => {
    const first = notification();
    const resolved = notification({
      status: 'resolved',
      alerts: first.alerts.map((entry) => ({
        ...entry,
        status: 'resolved',
        endsAt: '2026-11-03T13:38:45.828Z',
      })),
    });
    for (const message of [first, first, resolved, resolved]) {
      assert.equal((await flow.post(address, message)).status, 200);
    }
    assert.deepEqual(
      flow.made.map(({ content }) => content.comment?.body?.split('\n')[0]),
      ['firing: FreezerTooWarm', 'resolved: FreezerTooWarm'],
    );
  });

  it('answers 503 while the same is under way, and writes it once', async () => {
    const { emulator } = await running();
    emulator.setFaults(['503']);
    const both = [flow.post(address, notification()), flow.post(address, notification())];
    assert.equal((await Promise.race(both)).status, 503);
    emulator.setFaults([]);
    const answers = await Promise.all(both);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 503]);
    assert.equal((await flow.post(address, notification())).status, 200);
    assert.equal(flow.made.length, 1);
  });

  it('answers 400 where the same would go wrong again, and takes it once it is mended', async () => {
    const wrong = notification({ commonAnnotations: { case_id: 'no such case' } });
    assert.equal((await flow.post(address, wrong)).status, 400);
    assert.equal((await flow.post(address, { hello: 'world' })).status, 400);
    assert.deepEqual(flow.made, []);
    assert.equal((await flow.post(address, notification())).status, 200);
  });

  it('is tried with its button and its curl line', async () => {
    await flow.press();
    assert.match(
      (await flow.items(1))[0]?.content.comment?.body ?? '',
      /^firing: FreezerTooWarm\n\nfiring since/,
    );
    await flow.shows('the answer', /^200: written$/);
    assert.deepEqual(await flow.curl(), { status: 200, body: 'written' });
    assert.match((await flow.items(2))[1]?.content.comment?.body ?? '', /freezer-7 is at -11.4 °C/);
  });

  it('leaves out what an alert does not say', async () => {
    const bare = {
      status: 'firing',
      labels: {},
      annotations: { summary: null },
      startsAt: 'now',
      fingerprint: 'f',
    };
    const mixed = { commonLabels: {}, commonAnnotations: { case_id: null }, alerts: [bare] };
    assert.equal((await flow.post(address, notification(mixed))).status, 200);
    assert.equal(flow.made[0]?.caseId, freezer.id);
    assert.equal(
      flow.made[0]?.content.comment?.body,
      'firing: {}/{team="cooling"}:{alertname="FreezerTooWarm"}\n\nfiring since now\n',
    );
  });

  it('writes nothing where there is no alert', async () => {
    for (const changes of [{ alerts: [] }, { alerts: null }, { alerts: [null] }, { status: null }])
      assert.equal((await flow.post(address, notification(changes))).status, 400);
    for (const strange of ['a text', 'null', ''])
      assert.equal((await flow.post(address, strange)).status, 400);
    assert.deepEqual(flow.made, []);
  });
});
