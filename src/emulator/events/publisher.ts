import { closeSync, openSync, writeSync } from 'node:fs';
import { isLoopbackUrl } from '../../common/hosts';

/** Where case events go. */
interface EventTargets {
  /** An address on this machine; each event is a POST of its own. */
  readonly url?: string;
  /** A file that gets a line for each event. */
  readonly file?: string;
}

const giveUpMs = 5000;

interface Publisher {
  publish(event: object): void;
  /** Hands on what is left, and ends. */
  close(): Promise<void>;
}

/** Hands events on in their order. Throws where a target can't be used; an event that is not taken is lost, as on the bus. */
export function createPublisher({ url, file }: EventTargets): Publisher {
  if (url !== undefined && !isLoopbackUrl(url)) {
    throw new Error(
      `Case events go to an address on loopback, like http://127.0.0.1:1880/events, not to '${url}'`,
    );
  }
  const descriptor = file === undefined ? undefined : openSync(file, 'a');
  let last = Promise.resolve();
  let told = '';

  const tell = (target: string, { message }: Error): void => {
    if (message !== told) console.error(`Case events don't reach ${target}: ${message}`);
    told = message;
  };
  const post = async (text: string): Promise<void> => {
    try {
      const response = await fetch(url as string, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
        redirect: 'manual',
        signal: AbortSignal.timeout(giveUpMs),
      });
      await response.body?.cancel();
      told = '';
    } catch (error) {
      tell(url as string, error as Error);
    }
  };
  const append = (text: string): void => {
    try {
      if (descriptor !== undefined) writeSync(descriptor, `${text}\n`);
    } catch (error) {
      tell(file as string, error as Error);
    }
  };
  return {
    publish(event) {
      const text = JSON.stringify(event);
      append(text);
      if (url !== undefined) last = last.then(() => post(text));
    },
    async close() {
      await last;
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}
