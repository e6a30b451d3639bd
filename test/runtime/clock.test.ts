import assert from 'node:assert/strict';
import { demo, type Emulator, startEmulator } from '../../src/emulator';
import { json, startCasesServer } from '../support/cases-server';
import { setEnvironment } from '../support/environment';
import { configNodes, itemNodes, refused, sendAll, startFlow, stopFlow } from '../support/runtime-flow';

const keys = { accessKeyId: 'AKIALOCALKEY', secretAccessKey: 'local-secret' };
const [{ id: caseId }] = demo.cases;
const roleArn = 'arn:aws:iam::123456789012:role/node-red';
const hour = 3_600_000;

describe('the clock of this machine', () => {
  let service: Emulator;
  let restore: () => void;
  /** How far the service's clock is ahead of ours. */
  let offset = 0;
  beforeEach(async () => {
    offset = 0;
    service = await startEmulator({
      quota: 'unlimited',
      verifySignatures: true,
      credentials: keys,
      now: () => Date.now() + offset,
    });
    restore = setEnvironment({ AWS_ENDPOINT_URL_STS: service.url });
  });
  afterEach(async () => {
    await stopFlow();
    restore();
    await service.close();
  });
  const start = (credentials: object = {}) =>
    startFlow(
      [
        ...configNodes(service.url, { region: 'us-east-1', domainId: demo.domainId }, credentials),
        ...itemNodes('comment'),
      ],
      { credentials: keys },
    );
  const send20 = async (name: string) => {
    const ends = await sendAll(
      Array.from({ length: 20 }, (_, index) => ({ caseId, payload: `${name} ${index}` })),
    );
    assert.deepEqual(
      ends.flatMap(({ caught }) => (caught ? [caught.casesError] : [])),
      [],
    );
    assert.equal(new Set(ends.map(({ out }) => out?.payload)).size, 20);
  };

  for (const [what, away] of [
    ['an hour behind', hour],
    ['an hour ahead', -hour],
    ['a day behind', 24 * hour],
  ] as const) {
    it(`may be ${what}: all messages are delivered, also those that were under way`, async () => {
      offset = away;
      await start();
      await send20('wrong clock');
    });

    it(`may be ${what} until it is set: what comes after that is delivered, too`, async () => {
      offset = away;
      await start();
      await send20('before');
      offset = 0;
      await send20('after');
    });

    it(`may be ${what} for a role, too, which STS gives by its own clock`, async () => {
      offset = away;
      await start({ method: 'role', source: 'keys', roleArn });
      await send20('wrong clock');
      offset = 0;
      await send20('right clock');
    });
  }

  it('is named where the service goes on refusing it', async () => {
    const server = await startCasesServer();
    server.answer = ({ headers }, response) => {
      const signed = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:');
      response.setHeader('date', new Date(Date.parse(signed) + hour).toUTCString());
      json(response, 403, { message: 'Signature expired' }, 'InvalidSignatureException');
    };
    await startFlow([...configNodes(server.url), ...itemNodes('comment')]);
    const { code, message, created } = await refused({ caseId, payload: 'x' });
    await server.close();
    assert.deepEqual([code, created], ['CREDENTIALS', 'no']);
    assert.match(String(message), /clock.+behind.+Set the clock/);
    assert.equal(server.seen.length, 4);
  });
});
