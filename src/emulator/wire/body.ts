import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../model/errors';

/** Bytes; more than any request that the model allows, written in escapes. */
const largestBody = 16 * 1024 * 1024;

/** The body of a request as text. Rejects where it is too large, does not arrive whole, or is no UTF-8. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      if (length > largestBody) reject(tooLarge());
      else if (isUtf8(bytes)) resolve(bytes.toString());
      else reject(unreadable('The body is not valid UTF-8'));
    });
    request.on('error', () => reject(unreadable('The body did not arrive whole')));
  });
}

const tooLarge = () =>
  new ServiceError('RequestEntityTooLargeException', `A request can have at most ${largestBody} bytes`);

export const unreadable = (message: string) => new ServiceError('SerializationException', message);
