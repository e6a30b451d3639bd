import type { NodeAPI } from 'node-red';
import type { Overview } from '../../definition/overview/figures';
import { overviewTopic, watchSeconds } from '../../definition/overview/protocol';
import { perNodeRed } from '../per-node-red';
import { overviewOf } from './figures';

/** The editor is told no more often than a person can read, in milliseconds. */
const intervalMs = 1000;

/** Sends the figures to the open editors while somebody watches; does nothing else. */
export class Publisher {
  readonly #RED: NodeAPI;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;
  #last = '';

  constructor(RED: NodeAPI) {
    this.#RED = RED;
  }

  /** Somebody watches, from now on for `watchSeconds`. */
  watch(): void {
    this.#until = performance.now() + watchSeconds * 1000;
    this.#timer ??= setInterval(() => this.#publish(), intervalMs).unref();
  }

  #publish(): void {
    if (performance.now() > this.#until) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const overview = overviewOf(this.#RED);
    const said = JSON.stringify(overview, withoutTime);
    if (said === this.#last) return;
    this.#last = said;
    this.#RED.comms.publish(overviewTopic, overview, false);
  }
}

/** Figures that only grow older have not changed. */
const withoutTime = (name: string, value: unknown): unknown =>
  name === ('at' satisfies keyof Overview) || name === 'until' ? undefined : value;

/** The one publisher of a Node-RED. */
export const publisher = perNodeRed((RED) => new Publisher(RED));
