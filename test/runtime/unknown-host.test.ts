import assert from 'node:assert/strict';
import dns from 'node:dns';
import { startCasesServer } from '../support/cases-server';
import {
  configNodes,
  delivered,
  itemNodes,
  refused,
  send,
  startFlow,
  statusShown,
  stopFlow,
} from '../support/runtime-flow';

describe('a host that there is none of', () => {
  const { lookup } = dns;
  /** Names that the name server of the tests knows. */
  let known: readonly string[] = [];
  before(() => {
    const answer = (host: string, ...rest: unknown[]) => {
      const told = rest.at(-1) as (...result: unknown[]) => void;
      const { all } = (rest.length > 1 ? rest[0] : {}) as { all?: boolean };
      setImmediate(() => {
        if (!known.includes(host)) {
          const code = 'ENOTFOUND';
          told(
            Object.assign(new Error(`getaddrinfo ${code} ${host}`), {
              code,
              syscall: 'getaddrinfo',
              hostname: host,
            }),
          );
        } else if (all) told(null, [{ address: '127.0.0.1', family: 4 }]);
        else told(null, '127.0.0.1', 4);
      });
    };
    dns.lookup = answer as unknown as typeof lookup;
  });
  afterEach(stopFlow);
  after(() => {
    dns.lookup = lookup;
  });
  const start = (domain: object, credentials: object = {}) =>
    startFlow([...configNodes('', domain, credentials), ...itemNodes('comment')]);

  it('is a mistake of the settings where other hosts are known: the Region is named', async () => {
    known = ['sts.amazonaws.com'];
    await start({ region: 'eu-central-9' });
    const { code, field, created, message } = await refused({ caseId: 'c1', payload: 'x' });
    assert.deepEqual([code, field, created], ['NOT_CONFIGURED', 'region', 'no']);
    assert.match(String(message), /cases\.eu-central-9\.amazonaws\.com: the Region eu-central-9/);
  });

  it('is one, too, where STS is asked for a role in that Region', async () => {
    known = ['sts.amazonaws.com'];
    const roleArn = 'arn:aws:iam::123456789012:role/node-red';
    await start({ region: 'eu-central-9' }, { method: 'role', source: 'keys', roleArn });
    const { code, message } = await refused({ caseId: 'c1', payload: 'x' });
    assert.equal(code, 'NOT_CONFIGURED');
    assert.match(String(message), /sts\.eu-central-9\.amazonaws\.com: the Region eu-central-9/);
  });

  it('is an endpoint to check where it is none of AWS', async () => {
    known = ['sts.amazonaws.com'];
    await start({ endpoint: 'https://cases.exmaple' });
    const { code, field, message } = await refused({ caseId: 'c1', payload: 'x' });
    assert.deepEqual([code, field], ['NOT_CONFIGURED', 'endpoint']);
    assert.match(String(message), /cases\.exmaple/);
  });

  it('was there before, so it is the name server that is wrong: the message waits', async () => {
    known = ['127.0.0.1', 'cases.example'];
    const server = await startCasesServer();
    const created = server.answer;
    server.answer = (request, response) => {
      response.setHeader('connection', 'close');
      created(request, response);
    };
    await start({ endpoint: server.url.replace('127.0.0.1', 'cases.example') });
    await delivered({ caseId: 'c1', payload: 'first' });
    known = ['sts.amazonaws.com'];
    const offline = statusShown('item', ({ text }) => String(text).includes('offline'));
    const end = delivered({ caseId: 'c1', payload: 'second' });
    await Promise.race([offline, end]);
    known = ['cases.example'];
    await end;
    await server.close();
  });

  it('is a dead line where no host is known: the message waits', async () => {
    known = [];
    await start({ region: 'eu-central-1' });
    const offline = statusShown('item', ({ text }) => String(text).includes('offline'));
    const end = send({ caseId: 'c1', payload: 'x' });
    await offline;
    known = ['sts.amazonaws.com'];
    const { caught } = await end;
    assert.equal((caught?.casesError as { code?: string } | undefined)?.code, 'NOT_CONFIGURED');
  });
});
