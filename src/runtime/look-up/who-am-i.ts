import type { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { HttpRequest } from '@smithy/types';
import { isAwsHost, isLoopbackUrl } from '../../common/hosts';
import { requestHandler } from '../network/request-handler';
import { noteSigningTime } from '../network/signing-time';
import type { Connection } from './connection';

/** Milliseconds: it is only about a name. */
const timeoutMs = 5_000;

/** Gives the address that the last request of a client went to: the SDK may take it from variables and shared files. */
export function noteAddress({ middlewareStack }: ConnectCasesClient): () => string {
  let address = '';
  middlewareStack.add(
    (next) => (args) => {
      const { protocol, hostname, port } = args.request as HttpRequest;
      address = `${protocol}//${hostname}${port ? `:${port}` : ''}`;
      return next(args);
    },
    { step: 'finalizeRequest', name: 'noteAddress', override: true },
  );
  return () => address;
}

/**
 * ARN of whom the keys belong to; blank where nobody is asked. A local Cases service at `address` answers for STS,
 * too; keys for any other service that is not AWS's are none for AWS.
 */
export async function whoAmI(
  { location: { region }, credentials }: Pick<Connection, 'location' | 'credentials'>,
  address: string,
): Promise<string> {
  const local = isLoopbackUrl(address);
  if (!local && !(URL.canParse(address) && isAwsHost(new URL(address).hostname))) return '';
  const client = new STSClient({
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: requestHandler(timeoutMs),
    ...(local && { endpoint: address }),
  });
  client.middlewareStack.use(noteSigningTime());
  try {
    const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return Arn;
  } finally {
    client.destroy();
  }
}
