import type { Answer } from './exchange';

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
