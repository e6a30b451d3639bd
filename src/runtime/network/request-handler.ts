import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import { NotConnected, NotTheService, tlsExpected } from '../../delivery/service/network-errors';
import { type CasesError, explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { connect, speaksTls } from './connect';
import { type Answer, exchange, isOfTheService, withoutSecrets } from './exchange';
import { KeepAliveAgent } from './keep-alive-agent';
import { type HttpProxy, proxyFor } from './proxy';
import { type Target, targetOf } from './target';
import { unknownHost } from './unknown-host';

/** What the SDK's clients ask of a request handler. */
type Handler = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> & {
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
};

/**
 * Sends the SDK's requests over connections that are kept open, through the proxy of `HTTPS_PROXY` unless
 * `NO_PROXY` leaves the host out. Which host that is shows only in the request, since the SDK takes endpoints
 * from environment and profile, too. `timeoutMs` is for one request, connection and answer included. Rejects with
 * `NotConnected` where nothing was sent, and with `NotTheService` where something else answered.
 */
export function requestHandler(timeoutMs: number): Handler {
  const origins = new Map<string, Origin>();
  const originOf = ({ protocol, hostname, port }: HttpRequest): Origin => {
    if (!/^https?:$/.test(protocol)) throw noEndpoint();
    const address = `${protocol}//${hostname}${port ? `:${port}` : ''}`;
    const origin = origins.get(address) ?? new Origin(targetOf(new URL(address)), timeoutMs);
    origins.set(address, origin);
    return origin;
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, { abortSignal } = {}) => ({
      response: await originOf(request).send(request, abortSignal as AbortSignal | undefined),
    }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => {
      for (const origin of origins.values()) origin.destroy();
    },
  };
}

const noEndpoint = (): CasesError =>
  explained(
    'NOT_CONFIGURED',
    because('wrongVariable', { name: 'AWS_ENDPOINT_URL' }),
    {},
    'The endpoint of an AWS service begins neither with https:// nor with http://. Check the environment variables ' +
      'AWS_ENDPOINT_URL_… and AWS_ENDPOINT_URL, and endpoint_url of the AWS profile.',
  );

/** One server that requests go to. */
class Origin {
  readonly #target: Target;
  readonly #proxy: HttpProxy | undefined;
  readonly #timeoutMs: number;
  readonly #agent: KeepAliveAgent;
  #hasAnswered = false;

  constructor(target: Target, timeoutMs: number) {
    const proxy = proxyFor(target);
    this.#target = target;
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
    this.#agent = new KeepAliveAgent((abort) => connect(target, proxy, timeoutMs, abort));
  }

  async send(request: HttpRequest, signal?: AbortSignal): Promise<Answer> {
    const answer = await exchange(this.#agent, request, this.#timeoutMs, signal).catch((cause) =>
      this.#fail(cause),
    );
    this.#hasAnswered = true;
    if (!isOfTheService(answer)) throw new NotTheService(answer.statusCode);
    return answer.statusCode < 300 ? answer : withoutSecrets(answer, request.headers);
  }

  destroy(): void {
    this.#agent.destroy();
  }

  /**
   * A server that waits for TLS closes the connection without a word, as if the answer had been lost. One that has
   * answered is no mistake of the settings, whatever name servers say later.
   */
  async #fail(cause: NodeJS.ErrnoException): Promise<never> {
    if (this.#hasAnswered) throw cause;
    if (cause.code === 'ENOTFOUND' && !this.#proxy) throw (await unknownHost(this.#target.host)) ?? cause;
    const mayBeTls = !this.#target.secure && cause.code !== 'ETIMEDOUT';
    if (mayBeTls && !(cause instanceof NotConnected) && cause.name !== 'AbortError') {
      if (await speaksTls(this.#target, this.#proxy, this.#timeoutMs)) {
        throw new NotConnected(tlsExpected);
      }
    }
    throw cause;
  }
}
