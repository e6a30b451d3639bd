import { readFile } from 'node:fs/promises';
import { NotTheService } from '../../delivery/service/network-errors';
import { CasesError } from '../../errors/errors';
import type { requestHandler } from '../network/request-handler';

type Handler = ReturnType<typeof requestHandler>;

/** A request handler that knows whether its last request reached a service: the SDK hides that in errors of its own. */
export interface WatchedHandler extends Handler {
  /** Forgets what became of earlier requests. */
  forget(): void;
  /** Why the last request got no answer, or none that comes from a working service; undefined where it did. */
  unreachable(): Error | undefined;
  /** How far the service's clock is ahead of ours in milliseconds, by its last answer. */
  clockOffset(): number;
}

/** Watches the requests of those services that give keys: STS, SSO, sign-in. */
export function watched(handler: Handler): WatchedHandler {
  let under = 0;
  let failed: Error | undefined;
  let offset = 0;
  return {
    ...handler,
    forget: () => {
      failed = undefined;
    },
    unreachable: () => failed ?? (under > 0 ? connectError('ETIMEDOUT') : undefined),
    clockOffset: () => offset,
    async handle(request, options) {
      under += 1;
      try {
        const result = await handler.handle(request, options);
        const { statusCode, headers } = result.response;
        failed = statusCode >= 500 || statusCode === 429 ? connectError(`HTTP ${statusCode}`) : undefined;
        offset = (Date.parse(headers.date ?? '') || Date.now()) - Date.now();
        return result;
      } catch (thrown) {
        const { code, name } = thrown as NodeJS.ErrnoException;
        const isTold = thrown instanceof NotTheService || thrown instanceof CasesError;
        failed = isTold ? thrown : connectError(code ?? name);
        throw thrown;
      } finally {
        under -= 1;
      }
    },
  };
}

/** Metadata services are near. */
const probeTimeoutMs = 500;

/**
 * Why the metadata service of this container or machine can't be reached; undefined where it can, or where there is
 * none. On a machine that is not AWS's nobody answers at its address, and that is no reason to wait.
 */
export async function metadataUnreachable(thrown: unknown): Promise<Error | undefined> {
  const address = await metadataAddress(String((thrown as Error | undefined)?.message));
  if (address === undefined) return undefined;
  try {
    const { status } = await fetch(address, {
      redirect: 'manual',
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    return status >= 500 ? connectError(`HTTP ${status}`) : undefined;
  } catch (failed) {
    const { cause, name } = failed as Error & { cause?: NodeJS.ErrnoException };
    return connectError(cause?.code ?? name);
  }
}

/** The metadata service that the SDK has just asked in vain, by the variables that the SDK reads, too. */
async function metadataAddress(message: string): Promise<string | undefined> {
  const {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: full = '',
    AWS_EC2_METADATA_DISABLED: disabled = 'false',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: instance,
    AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: mode,
  } = process.env;
  if (!/Could not load credentials from any providers|metadata service/.test(message)) return undefined;
  if (relative) return 'http://169.254.170.2';
  if (full) return URL.canParse(full) ? new URL(full).origin : undefined;
  if (!['', 'false'].includes(disabled)) return undefined;
  if (instance) return instance;
  if (mode === 'IPv6') return 'http://[fd00:ec2::254]';
  return (await isEc2()) ? 'http://169.254.169.254' : undefined;
}

/** Whether this machine says that it is one of EC2. */
async function isEc2(): Promise<boolean> {
  const [vendor, hypervisor] = await Promise.all(
    ['/sys/class/dmi/id/sys_vendor', '/sys/hypervisor/uuid'].map((path) =>
      readFile(path, 'utf8').catch(() => ''),
    ),
  );
  return vendor?.startsWith('Amazon EC2') === true || hypervisor?.startsWith('ec2') === true;
}

/** An error of a connection that could not be made, as Node.js has it. */
const connectError = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'connect' });
