import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import type { HttpRequest } from '@smithy/types';
import {
  beforeSending,
  NotConnected,
  timeOut,
  UnreadableAnswer,
} from '../../delivery/service/network-errors';
import type { KeepAliveAgent } from './keep-alive-agent';

/** An answer that has been read to its end. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** More than any answer of the service: 25 items of the greatest length. */
const longestAnswer = 16 * 1024 * 1024;

const timedOut = () =>
  Object.assign(new Error('no answer in time'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
const aborted = () => Object.assign(new Error('aborted'), { name: 'AbortError' });
const broken = () => Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });

/**
 * Sends one request and reads its answer, all within `timeoutMs`. Rejects with `NotConnected` as long as there is no
 * connection to write to: only then is it certain that nothing was sent.
 */
export function exchange(
  agent: KeepAliveAgent,
  { method, path, query = {}, headers, body }: HttpRequest,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answer> {
  if (signal?.aborted) return Promise.reject(aborted());
  agent.closeIdle('too long');
  return new Promise((resolve, reject) => {
    const outgoing = begin({ agent, method, headers, path: `${path}${searchOf(query)}` });
    let settled = false;
    const settle = () => {
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (cause: unknown) => {
      if (settled) return;
      settle();
      // Where one kept connection is dead, the others are likely to be.
      if (outgoing.reusedSocket) agent.closeIdle('all');
      outgoing.destroy();
      reject(cause);
    };
    const giveUp = (cause: Error) => fail(outgoing.socket ? cause : new NotConnected(timeOut));
    const onAbort = () => giveUp(aborted());
    const timer = setTimeout(() => giveUp(timedOut()), timeoutMs);
    signal?.addEventListener('abort', onAbort);
    outgoing.on('error', fail).once('close', () => {
      if (!settled) fail(broken());
    });
    outgoing.once('response', (incoming) =>
      read(incoming, fail, (answer) => {
        settle();
        resolve(answer);
      }),
    );
    outgoing.end(body);
  });
}

/** A key or token with a line end makes no header, so nothing is sent. */
function begin(options: RequestOptions): ClientRequest {
  try {
    return httpRequest(options);
  } catch (cause) {
    throw Object.assign(cause as Error, { [beforeSending]: true });
  }
}

/** As AWS signs it: `encodeURIComponent` leaves five characters that it escapes. */
function searchOf(query: NonNullable<HttpRequest['query']>): string {
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (odd) => `%${odd.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => `${escaped(name)}=${escaped(value)}`),
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function read(
  incoming: IncomingMessage,
  fail: (cause: unknown) => void,
  done: (answer: Answer) => void,
): void {
  const { statusCode = 0 } = incoming;
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on('error', fail);
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > longestAnswer) {
      fail(new UnreadableAnswer('has more than 16 MB', { httpStatusCode: statusCode }));
    } else chunks.push(chunk);
  });
  incoming.once('end', () => {
    const headers: Record<string, string> = {};
    for (const [name, value = ''] of Object.entries(incoming.headers)) {
      headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
    done({ statusCode, headers, body: Buffer.concat(chunks) });
  });
}

/**
 * Whether an answer is the service's own, not one of a gateway, a captive portal or another server. AWS redirects
 * nobody, sends no pages, and its errors have an id or are JSON.
 */
export function isOfTheService({ statusCode, headers, body }: Answer): boolean {
  if (statusCode >= 300 && statusCode < 400) return false;
  const start = Buffer.from(body.subarray(0, 200)).toString('latin1').trimStart();
  if (/\bhtml\b/i.test(headers['content-type'] ?? '') || /^<(!doctype|html|head|body)\b/i.test(start))
    return false;
  return (
    statusCode < 300 ||
    headers['x-amzn-requestid'] !== undefined ||
    headers['x-amzn-errortype'] !== undefined ||
    start.startsWith('{')
  );
}

/** Shorter pieces of a token tell nothing, and may be in any text. */
const shortestPiece = 16;

/**
 * The answer without what `sent`, the headers of its request, has of secrets: a broken gateway repeats them. They are
 * looked for piece by piece, since what stands between letters and digits may be escaped in several ways.
 */
export function withoutSecrets(
  { body, headers, ...answer }: Answer,
  sent: Readonly<Record<string, string>>,
): Answer {
  const pieces = new Set(
    ['authorization', 'x-amz-security-token'].flatMap((name) =>
      (sent[name] ?? '').split(/[^A-Za-z0-9]+/).filter((piece) => piece.length >= shortestPiece),
    ),
  );
  const hide = (text: string) => [...pieces].reduce((hidden, piece) => hidden.replaceAll(piece, '…'), text);
  return {
    ...answer,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hide(value)])),
    body: Buffer.from(hide(Buffer.from(body).toString())),
  };
}
