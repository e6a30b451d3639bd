import { EventEmitter, once } from 'node:events';
import type { Page, Route } from 'playwright-core';
import { lookUpPath } from '../../src/definition/look-up-protocol';

/** Answers of a look-up that come when the test says so. */
export interface HeldAnswers {
  /** Resolves when so many are held back. */
  asked(count: number): Promise<void>;
  /** Lets the one go that was asked for at this place, and resolves when the page has taken it in. */
  answer(place: number): Promise<void>;
  /** Lets all go, now and from now on. */
  stop(): Promise<void>;
}

/** Holds back the answers of a look-up. */
export async function holdAnswers(page: Page, name: string): Promise<HeldAnswers> {
  const url = `**/${lookUpPath}/${name}`;
  const held: Route[] = [];
  let answered = 0;
  const arrivals = new EventEmitter();
  await page.route(url, (route) => {
    held.push(route);
    arrivals.emit('arrival');
  });
  /** Resolves when the page waits for those that are held back, and for no other; it may ask for more meanwhile. */
  const caughtUp = async () => {
    const isCaughtUp = async () => (await page.evaluate<number>('$.active')) === held.length - answered;
    while (!(await isCaughtUp())) await page.evaluate('new Promise(requestAnimationFrame)');
  };
  return {
    async asked(count) {
      while (held.length - answered < count) await once(arrivals, 'arrival');
    },
    async answer(place) {
      answered += 1;
      await held[place]?.continue();
      await caughtUp();
    },
    async stop() {
      await page.unroute(url);
      for (const route of held) await route.continue().catch(() => undefined);
      answered = held.length;
      await caughtUp();
    },
  };
}
