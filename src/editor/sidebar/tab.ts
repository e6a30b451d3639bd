import type { Overview } from '../../definition/overview/figures';
import { overviewTopic, watchSeconds } from '../../definition/overview/protocol';
import { redraw } from './element';
import { ask } from './requests';
import {
  failuresSeen,
  hasLists,
  type List,
  newState,
  pageSize,
  type State,
  waitingOf,
  waitingSeen,
} from './state';
import { tabView } from './views/tab';

/** Between two looks at what changed; the tab changes no more often by itself. */
const tickMilliseconds = 1000;
/** Between two times that a list is asked for because something changed. */
const listMilliseconds = 3000;
const renewMilliseconds = (watchSeconds * 1000 * 2) / 3;

/** The tab while the editor is open. Nothing is asked and nothing comes while it is not to be seen. */
export class Tab {
  readonly state: State = newState();
  readonly element: HTMLElement = tabView(this.state);
  #ticker: ReturnType<typeof setInterval> | undefined;
  #watchedAt = 0;

  constructor() {
    const follow = (inView: boolean) => this.#follow(inView && document.visibilityState === 'visible');
    let inView = false;
    new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? false;
      follow(inView);
    }).observe(this.element);
    document.addEventListener('visibilitychange', () => follow(inView));
    RED.events.on('deploy', () => {
      this.#watchedAt = 0;
    });
  }

  #follow(seen: boolean): void {
    if (seen === (this.#ticker !== undefined)) return;
    clearInterval(this.#ticker);
    this.#ticker = seen ? setInterval(() => this.#tick(), tickMilliseconds) : undefined;
    this.#watchedAt = 0;
    if (seen) {
      RED.comms.subscribe(overviewTopic, this.#receive);
      this.#tick();
    } else {
      RED.comms.unsubscribe(overviewTopic, this.#receive);
    }
  }

  readonly #receive = (_topic: string, overview: Overview): void => this.take(overview);

  #tick(): void {
    if (Date.now() - this.#watchedAt > renewMilliseconds) void this.#watch();
    else this.#refreshLists();
    this.draw();
  }

  async #watch(): Promise<void> {
    this.#watchedAt = Date.now();
    try {
      this.take(await ask('watch', {}));
      this.state.problem = undefined;
      for (const list of this.#lists()) if (list.problem !== undefined) list.seen = undefined;
    } catch (problem) {
      this.state.problem = messageOf(problem);
    }
    this.#refreshLists();
    this.draw();
  }

  /** Takes new figures, which are drawn with the next tick; older ones, since answers overtake each other, are left. */
  take(overview: Overview): void {
    const behind = (this.state.overview?.at ?? 0) - overview.at;
    // By more, the clock was set back.
    if (behind > 0 && behind < renewMilliseconds) return;
    this.state.overview = overview;
    this.state.clockAhead = overview.at - Date.now();
  }

  /** Asks for all lists anew, since something was done to them or other parts of them are wanted. */
  reload(): void {
    for (const list of this.#lists()) Object.assign(list, { seen: undefined, askedAt: 0 });
    this.#watchedAt = 0;
    this.#tick();
  }

  #lists(): List<unknown>[] {
    return [...this.state.waiting.values(), this.state.failures];
  }

  #refreshLists(): void {
    const { state } = this;
    if (!state.overview || !hasLists(state.overview)) return;
    const about = { limit: pageSize, plain: state.plain, ...(state.nodeId && { nodeId: state.nodeId }) };
    for (const figures of state.overview.domains) {
      if (figures.state === 'stopped') continue;
      const list = waitingOf(state, figures.id);
      this.#refresh(list, waitingSeen(state, figures), () =>
        ask('waiting', { ...about, domain: figures.id, skip: list.skip }),
      );
    }
    const { failures } = state;
    this.#refresh(failures, failuresSeen(state), () => ask('failures', { ...about, skip: failures.skip }));
  }

  #refresh<Page extends { readonly total: number }>(
    list: List<Page>,
    figures: string,
    get: () => Promise<Page>,
  ): void {
    const seen = `${list.skip} ${figures}`;
    if (list.seen === seen || Date.now() - list.askedAt < listMilliseconds) return;
    list.seen = seen;
    list.askedAt = Date.now();
    const take = (page: Page | undefined, problem: string | undefined) => {
      if (list.seen !== seen) return;
      Object.assign(list, { page, problem });
      // What was on this page is gone: back to the first, with the next tick.
      if (page && list.skip > 0 && list.skip >= page.total) Object.assign(list, { skip: 0, askedAt: 0 });
      this.draw();
    };
    get().then(
      (page) => take(page, undefined),
      (problem) => take(undefined, messageOf(problem)),
    );
  }

  draw(): void {
    redraw(this.element, tabView(this.state));
  }
}

export const messageOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem);
