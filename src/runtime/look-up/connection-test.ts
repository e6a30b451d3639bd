import { GetDomainCommand } from '@aws-sdk/client-connectcases';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { isLoopbackUrl } from '../../common/loopback';
import type { Finding } from '../../definition/look-up-protocol';
import { classify } from '../../delivery/service/outcome';
import { requestHandler } from '../network/request-handler';
import type { Connection } from './connection';
import { type Account, operations } from './operations';

/** Tries, one after the other, what the pickers and deliveries need, and says what works. Never rejects. */
export async function testConnection(
  { location, credentials, domainId }: Connection,
  account: Account,
  turn: (action: string) => Promise<void>,
): Promise<Finding[]> {
  const steps: readonly (readonly [action: string, run: () => Promise<string>])[] = [
    ['sts:GetCallerIdentity', () => whoAmI(location, credentials)],
    [operations.domains.action, async () => count(await operations.domains.run(account, { domain: {} }))],
    ...(domainId === ''
      ? []
      : ([
          [
            'cases:GetDomain',
            async () => (await account.client.send(new GetDomainCommand({ domainId }))).name ?? '',
          ],
          [operations.fields.action, async () => count(await operations.fields.run(account, { domain: {} }))],
          [
            operations.options.action,
            async () => count(await operations.options.run(account, { domain: {} })),
          ],
        ] as const)),
  ];
  const findings: Finding[] = [];
  for (const [action, run] of steps) {
    await turn(action);
    findings.push(await finding(action, run));
  }
  return findings;
}

async function finding(action: string, run: () => Promise<string>): Promise<Finding> {
  try {
    return { action, outcome: 'works', text: await run() };
  } catch (thrown) {
    const { error } = classify(thrown, action);
    return { action, outcome: error.code === 'ACCESS_DENIED' ? 'denied' : 'failed', text: error.message };
  }
}

const count = (found: readonly unknown[]): string => String(found.length);

/** The caller's ARN. A local Cases service answers for STS too; any other endpoint is for Cases alone. */
async function whoAmI(
  { region, endpoint }: Connection['location'],
  credentials: Connection['credentials'],
): Promise<string> {
  const local = endpoint && isLoopbackUrl(endpoint);
  const client = new STSClient({
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: requestHandler(10_000),
    ...(local && { endpoint }),
  });
  try {
    const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return Arn;
  } finally {
    client.destroy();
  }
}
