import assert from 'node:assert/strict';
import fc from 'fast-check';
import { classify } from '../../src/delivery/service/outcome';
import { CasesError, errorCodes } from '../../src/errors/errors';
import { common } from '../../src/errors/messages';
import { because, inEnglish, reasons } from '../../src/errors/reasons';
import { credentialProvider } from '../../src/runtime/config/credentials';
import { locationOf } from '../../src/runtime/config/settings';
import { proxyFor } from '../../src/runtime/network/proxy';

/** What the editor can't translate it would show in English, within a sentence of another language. */
describe('what the look-ups say where they find nothing out', () => {
  for (const [key, params] of Object.entries(reasons)) {
    it(`${key} has a text that uses just what it is given: ${params.join(', ') || 'nothing'}`, () => {
      const text = common.reason[key as keyof typeof reasons];
      const used = [...text.matchAll(/__(\w+?)__/g)].map(([, name = '']) => name);
      assert.deepEqual(used.toSorted(), [...params].sort());
    });
  }

  it('is the same sentence in an error of a flow', () => {
    const { error } = classify({ name: 'X', $metadata: { httpStatusCode: 403 } }, 'cases:GetCase');
    assert.deepEqual(error.reason, because('denied', { action: 'cases:GetCase', name: 'X' }));
    assert.equal(error.message, error.reason && inEnglish(error.reason));
  });

  it('has a reason whatever a request fails with', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('ThrottlingException', 'Command failed', 'ENOTFOUND', 'TimeoutError'),
    );
    const thrown = fc.record(
      {
        name: text,
        message: text,
        code: text,
        syscall: fc.constantFrom('connect', 'read'),
        resourceId: text,
        $metadata: fc.record({ httpStatusCode: fc.integer({ min: 200, max: 599 }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(thrown, (error) => {
        assert.ok(classify(error, 'cases:GetCase').error.reason);
      }),
    );
  });

  it('has a reason whatever is set up wrong', () => {
    const setting = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '',
        'us-east-1',
        'https://cases.example',
        ['$', '{NOT_SET}'].join(''),
        'role',
        'profile',
        'webIdentity',
        'keys',
      ),
    );
    const names = [
      'method',
      'source',
      'profile',
      'roleArn',
      'tokenFile',
      'sessionName',
      'durationSeconds',
      'endpoint',
      'region',
      'fips',
      'dualStack',
    ];
    const config = fc.dictionary(fc.constantFrom(...names), setting);
    const secrets = fc.dictionary(fc.constantFrom('accessKeyId', 'secretAccessKey', 'sessionToken'), setting);
    fc.assert(
      fc.property(config, secrets, (config, secrets) => {
        for (const prepare of [
          () => locationOf(config),
          () => credentialProvider(config, secrets, 'us-east-1'),
          () =>
            proxyFor({ secure: true, host: 'cases.example', port: 443 }, { https_proxy: config.endpoint }),
        ]) {
          const reason = reasonThrown(prepare);
          if (reason) assert.ok(errorCodes.includes(reason.code) && reason.reason, reason.message);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function reasonThrown(run: () => unknown): CasesError | undefined {
  try {
    run();
    return undefined;
  } catch (thrown) {
    assert.ok(thrown instanceof CasesError, String(thrown));
    return thrown;
  }
}
