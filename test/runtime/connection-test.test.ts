import assert from 'node:assert/strict';
import { inEnglish } from '../../src/errors/reasons';
import { testConnection } from '../../src/runtime/look-up/connection-test';
import { createClient } from '../../src/runtime/network/client';
import { type CasesServer, json, startCasesServer } from '../support/cases-server';

const credentials = async () => ({ accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' });
const caseId = '[0-9a-f-]{36}';

describe('a connection test', () => {
  let server: CasesServer;
  beforeEach(async () => {
    server = await startCasesServer();
  });
  afterEach(() => server.close());

  /** Tests a service that answers what works on a case, or makes one, like that; everything else works. */
  const test = async (status: number, error: string, message = 'no') => {
    server.answer = ({ path }, response) =>
      /related-items|cases\//.test(path)
        ? json(response, status, { message, resourceType: 'Case', resourceId: 'c' }, error)
        : json(response, 200, {
            name: 'demo',
            domainArn: 'arn:aws:cases:us-east-1:123456789012:domain/d1',
            domains: [],
            fields: [],
            options: [],
            cases: [],
          });
    const location = { region: 'us-east-1', endpoint: server.url, fips: false, dualStack: false };
    const client = createClient(location, credentials, 10);
    const connection = { location, credentials, domainId: 'd1', key: '' };
    const found = await testConnection(connection, { client, domainId: 'd1', turn: async () => undefined });
    client.destroy();
    return found;
  };

  it('is sure that a create is allowed where the service finds that there is no such case', async () => {
    const { verdict, findings } = await test(404, 'ResourceNotFoundException');
    assert.equal(verdict, 'ready');
    assert.ok(
      findings.some(({ actions, outcome }) => actions[0]?.includes('Create') && outcome === 'allowed'),
    );
  });

  it('is sure that it is not where the service denies it', async () => {
    const { verdict } = await test(403, 'AccessDeniedException');
    assert.equal(verdict, 'denied');
  });

  it('says what was not tested, and why, once, where the service judges the request before the permission', async () => {
    const { verdict, findings } = await test(400, 'ValidationException', 'the case id has another form');
    assert.equal(verdict, 'unclear');
    const untested = findings.filter(({ outcome }) => outcome === 'untested');
    assert.equal(untested.length, 1);
    assert.deepEqual(
      untested[0]?.actions.filter((action) => /Create|SearchRelated|GetCase/.test(action)).length,
      3,
    );
    assert.match(untested[0]?.reason ? inEnglish(untested[0].reason) : '', /the case id has another form/);
  });

  it('aims at cases that can not be there: another id each time', async () => {
    await test(404, 'ResourceNotFoundException');
    await test(404, 'ResourceNotFoundException');
    const aimed = server.seen.flatMap(({ path }) => new RegExp(`/cases/(${caseId})`).exec(path)?.[1] ?? []);
    assert.ok(aimed.length >= 4);
    assert.ok(new Set(aimed).size > 2);
  });
});
