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

/** Holds back the answers of a look-up, of what is asked from now on: what was asked before is answered first. */
export async function holdAnswers(page: Page, name: string): Promise<HeldAnswers> {
  const url = `**/${lookUpPath}/${name}`;
  const held: Route[] = [];
  let answered = 0;
  const arrivals = new EventEmitter();
  /**
   * Resolves when the page waits for those that are held back, and for no other; it may ask for more meanwhile. jQuery
   * counts an answer as come, and hands it on by a timer.
   */
  const caughtUp = async () => {
    const isWaiting = async () => {
      const expected = held.length - answered;
      return (await page.evaluate<number>('$.active')) === expected;
    };
    const timersRun = () => page.evaluate('new Promise((run) => setTimeout(run))');
    do {
      while (!(await isWaiting())) await page.evaluate('new Promise(requestAnimationFrame)');
      await timersRun();
    } while (!(await isWaiting()));
  };
  await caughtUp();
  await page.route(url, (route) => {
    held.push(route);
    arrivals.emit('arrival');
  });
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
