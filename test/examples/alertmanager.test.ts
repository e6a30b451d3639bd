import assert from 'node:assert/strict';
import { casesAbout, type Deployed, deployed, running, stopRunning } from './running';

after(stopRunning);

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

/** Of a group of its own, so that each test has its case. */
const about = (name: string, changes: object = {}) =>
  notification({ commonLabels: { alertname: name }, ...changes });
const resolved = (name: string) =>
  about(name, {
    status: 'resolved',
    alerts: notification().alerts.map((entry) => ({
      ...entry,
      status: 'resolved',
      endsAt: '2026-11-03T13:38:45.828Z',
    })),
  });

describe('the example for Alertmanager', function () {
  this.timeout(60_000);
  let flow: Deployed;

  beforeEach(async () => {
    flow = await deployed('stories/alertmanager-webhook-to-case');
  });
  afterEach(async () => (await running()).emulator.setFaults([]));

  it('opens a case with a comment that people can read, and answers when it is there', async () => {
    assert.equal((await flow.post(address, about('TooWarm'))).status, 200);
    assert.deepEqual(await casesAbout('TooWarm'), [
      {
        title: 'TooWarm',
        status: 'open',
        comments: [
          [
            'firing: TooWarm',
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
        ],
        slas: [],
      },
    ]);
  });

  it('has a case for each group, by its alert and its instance', async () => {
    for (const instance of ['freezer-7', 'freezer-8', 'freezer-7']) {
      const commonLabels = { alertname: 'DoorOpen', instance };
      assert.equal((await flow.post(address, notification({ commonLabels }))).status, 200);
    }
    assert.equal((await casesAbout('DoorOpen freezer-7')).length, 1);
    assert.equal((await casesAbout('DoorOpen freezer-8')).length, 1);
  });

  it('does not write again what Alertmanager repeats, closes the case when it is over, and opens another the next time', async () => {
    const [first, over] = [about('Repeated'), resolved('Repeated')];
    for (const message of [first, first, over, over]) {
      assert.equal((await flow.post(address, message)).status, 200);
    }
    const [only, ...more] = await casesAbout('Repeated');
    assert.deepEqual(more, []);
    assert.equal(only?.status, 'closed');
    assert.deepEqual(
      only?.comments.map((text) => text.split('\n')[0]),
      ['firing: Repeated', 'resolved: Repeated'],
    );
    await flow.post(address, first);
    assert.deepEqual(
      (await casesAbout('Repeated')).map(({ status, comments }) => [status, comments.length]),
      [
        ['closed', 2],
        ['open', 1],
      ],
    );
  });

  it('opens one case and writes one comment where the same comes several times at once, and answers are lost', async () => {
    (await running()).emulator.setFaults(['CreateCase=lost:0.5', 'lost:0.3', 'lag:1']);
    const answers = await Promise.all(Array.from({ length: 8 }, () => flow.post(address, about('Storm'))));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    const [only, ...more] = await casesAbout('Storm');
    assert.deepEqual(more, []);
    assert.equal(only?.comments.length, 1);
  });

  it('has nothing to do where something is over that has no open case', async () => {
    assert.deepEqual(await flow.post(address, resolved('Nobody')), { status: 200, body: 'nothing to do' });
    assert.deepEqual(await casesAbout('Nobody'), []);
  });

  it('answers 400 where the same would go wrong again, and takes it once it is mended', async () => {
    const { emulator } = await running();
    emulator.setDenied(['cases:CreateCase']);
    assert.equal((await flow.post(address, about('Denied'))).status, 400);
    emulator.setDenied([]);
    assert.equal((await flow.post(address, { hello: 'world' })).status, 400);
    assert.equal((await flow.post(address, about('Denied'))).status, 200);
    assert.equal((await casesAbout('Denied')).length, 1);
  });

  it('is tried with its button and its curl line', async () => {
    await flow.press();
    await flow.shows('the answer', /^200: written$/);
    const [sample] = await casesAbout('FreezerTooWarm freezer-7');
    assert.match(sample?.comments[0] ?? '', /^firing: FreezerTooWarm freezer-7\n\nfiring since/);
    assert.deepEqual(await flow.curl(), { status: 200, body: 'written' });
    assert.match((await casesAbout('TooWarm freezer-7'))[0]?.comments[0] ?? '', /freezer-7 is at -11.4 °C/);
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
    const key = '{}/{team="cooling"}:{alertname="FreezerTooWarm"}';
    assert.deepEqual((await casesAbout(key))[0]?.comments, [`firing: ${key}\n\nfiring since now\n`]);
  });

  it('writes nothing where there is no alert', async () => {
    for (const changes of [{ alerts: [] }, { alerts: null }, { alerts: [null] }, { status: null }])
      assert.equal((await flow.post(address, notification(changes))).status, 400);
    for (const strange of ['a text', 'null', ''])
      assert.equal((await flow.post(address, strange)).status, 400);
    assert.deepEqual(flow.made, []);
  });
});
