import assert from 'node:assert/strict';
import fc from 'fast-check';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { metricsPath } from '../../../src/definition/overview/protocol';
import { DomainMonitor } from '../../../src/runtime/overview/counting/domain-monitor';
import { families } from '../../../src/runtime/overview/metrics/families';
import { formatFor, metricsText } from '../../../src/runtime/overview/metrics/text-formats';
import { Monitors } from '../../../src/runtime/overview/monitors';
import { codes, section, table } from '../../docs/pages';
import { commentNode, type Host, startHost } from './host';

describe('metrics', function () {
  this.timeout(60_000);
  let host: Host;
  before(async () => {
    host = await startHost();
    await host.deploy([commentNode]);
  });
  after(() => host?.stop());

  const ask = (accept = '*/*', as = 'reader') => host.nodeRed.ask(metricsPath, { as, headers: { accept } });

  it('are read by a parser of Prometheus, with the figures of the overview', async () => {
    await host.comment('one');
    await host.comment('two');
    await host.comment('lost', 'no-such-case');
    await host.ask('pause', { domain: 'local-domain' });
    const waiting = host.comment('waiting');
    const { id, name } = await host.until((figures) => figures.waiting === 1);
    const answer = await ask();
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const families = parsePrometheusTextFormat(await answer.text());
    await host.ask('resume', { domain: 'local-domain' });
    await waiting;
    assert.ok(families.every(({ help, type }) => help && type));
    const domain = { domain: id, name };
    const valuesOf = (name: string) => {
      const family = families.find((each) => each.name === `connect_cases_${name}`);
      return [family?.type, ...(family?.metrics ?? []).map(({ value, labels }) => [Number(value), labels])];
    };
    assert.deepEqual(valuesOf('waiting_messages'), ['GAUGE', [1, domain]]);
    assert.deepEqual(valuesOf('accepted_messages_total'), ['COUNTER', [4, domain]]);
    assert.deepEqual(valuesOf('delivered_messages_total'), ['COUNTER', [2, domain]]);
    assert.deepEqual(valuesOf('failed_messages_total'), ['COUNTER', [1, { ...domain, code: 'NOT_FOUND' }]]);
    assert.deepEqual(valuesOf('sent_requests_total'), [
      'COUNTER',
      [3, { ...domain, operation: 'CreateRelatedItem' }],
    ]);
    const states = valuesOf('domain_state').slice(1) as [number, { state: string }][];
    assert.deepEqual(
      states.filter(([value]) => value === 1).map(([, { state }]) => state),
      ['paused'],
    );
  });

  it('come in the format of OpenMetrics for who asks for it', async () => {
    const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';
    const answer = await ask(accept);
    const type = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
    assert.equal(answer.headers.get('content-type'), type);
    const text = await answer.text();
    assert.ok(text.endsWith('\n# EOF\n'));
    assert.match(text, /^# TYPE connect_cases_accepted_messages counter$/m);
    assert.match(text, /^connect_cases_accepted_messages_total\{.*\} \d+$/m);
  });

  it('are all in the documentation, and no others', () => {
    const named = table(section('docs/operations.md', 'Watching the queue'), 'metric').flatMap(
      ([name = '']) => codes(name),
    );
    const told = families.map(({ name, type }) => (type === 'counter' ? `${name}_total` : name));
    assert.deepEqual(named.toSorted(), told.toSorted());
  });

  it('are for who may read, and for no page of another website', async () => {
    assert.equal((await host.nodeRed.ask(metricsPath)).status, 401);
    assert.equal((await ask('*/*', 'picker')).status, 401);
    const headers = { origin: 'https://evil.example' };
    assert.equal((await host.nodeRed.ask(metricsPath, { as: 'owner', headers })).status, 403);
  });

  it('hold any name that a user gives a domain', async () => {
    const { figures } = { figures: await host.domain() };
    const { totals } = new DomainMonitor(new Monitors());
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = metricsText([{ figures: { ...figures, name }, totals }], formatFor(undefined));
        const [family] = parsePrometheusTextFormat(text);
        assert.equal(family?.metrics[0]?.labels?.name, name);
      }),
    );
  });
});
