import { existsSync } from 'node:fs';
import type { Context } from 'mocha';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROME_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** An installed browser; undefined where there is none, which in CI is an error. */
export function findBrowser(): string | undefined {
  const found = places.find((path) => path !== '' && existsSync(path));
  if (!found && process.env.CI) throw new Error('No Chromium or Chrome was found; CI needs one.');
  return found;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/**
 * A hook before each test of a browser: where CI's machine stands still for a moment a click can miss, so there such a
 * test has a second try. `second-tries.ts` reports each that needed it, as what has to be mended next.
 */
export function secondTry(this: Context): void {
  if (process.env.CI) this.currentTest?.retries(1);
}
