import { createHash } from 'node:crypto';
import type { Verify } from '../../definition/delivery-rules';
import type { CasesError } from '../../errors/errors';
import type { Input, Output } from '../../model/operations';
import type { Caller } from '../channel/channel';
import { heldBack } from '../job/next-step';
import type { Failure } from '../service/outcome';
import type { MessageStore, Note } from '../store/message-store';
import { type Backoff, backoffMs } from '../time/backoff';
import type { ItemArns } from './item-arns';
import { type SearchContext, searchPages } from './search-pages';

type Request = Input<'CreateRelatedItem'>;
type Item = Output<'CreateRelatedItem'>;

interface ExistingItemsContext extends SearchContext {
  readonly random: () => number;
  readonly itemArns: ItemArns;
  /** Keeps a fact for some milliseconds, restarts included. */
  readonly note: MessageStore['note'];
}

type Existing =
  | { readonly is: 'there'; readonly output: Item }
  | { readonly is: 'not there' }
  /** The service does not let us look, and this is why. */
  | { readonly is: 'unknown'; readonly why: CasesError };

const retryBackoff: Backoff = { firstMs: 300, capMs: 20_000 };
/** How long searches may not show yet what was added. */
const lagMs = 60_000;
const notePrefix = 'added ';

/** Finds out whether a case has the item that a message would add. */
export class ExistingItems {
  readonly #context: ExistingItemsContext;
  /** Items that were added a short time ago, the oldest first. */
  readonly #added = new Map<string, { readonly output: Item; readonly at: number }>();

  constructor(context: ExistingItemsContext) {
    this.#context = context;
  }

  /** An item was added for a message that is to be kept from adding it twice. */
  added(rules: Verify<Request>, input: Request, output: Item): void {
    const now = this.#context.clock.now();
    for (const [key, { at }] of this.#added) {
      if (now - at < lagMs) break;
      this.#added.delete(key);
    }
    const key = keyOf(rules, input);
    this.#added.set(key, { output, at: now });
    this.#context.note(notePrefix + key, output, lagMs);
  }

  /** What was added a short time before a restart. */
  restore(notes: readonly Note[]): void {
    const now = this.#context.clock.now();
    for (const { key, value, leftMs } of notes) {
      if (!key.startsWith(notePrefix)) continue;
      this.#added.set(key.slice(notePrefix.length), { output: value as Item, at: now - lagMs + leftMs });
    }
  }

  /** Searches until it is known, or until `caller` is settled otherwise: then the answer means nothing. */
  async find(caller: Caller, rules: Verify<Request>, input: Request): Promise<Existing> {
    const { clock, random, schedule } = this.#context;
    const recent = this.#added.get(keyOf(rules, input));
    if (recent && clock.now() - recent.at < lagMs) return { is: 'there', output: recent.output };
    for (let retries = 0; !caller.settled; retries += 1) {
      const search = await this.#search(caller, rules, input);
      if (!('failure' in search)) return search;
      const { error, fate, cause, retryAfterMs = 0 } = search.failure;
      // A case that was created a moment ago may not be there yet for reads.
      if (error.code === 'NOT_FOUND') return { is: 'not there' };
      if (fate === 'refused') return { is: 'unknown', why: error };
      const delayMs = heldBack.has(cause) ? 0 : backoffMs(retryBackoff, retries, random);
      await schedule.after(clock.now(), Math.max(retryAfterMs, delayMs));
    }
    return { is: 'not there' };
  }

  async #search(
    caller: Caller,
    rules: Verify<Request>,
    input: Request,
  ): Promise<Existing | { readonly failure: Failure }> {
    for await (const page of searchPages(this.#context, caller, rules, input)) {
      if ('failure' in page) return page;
      const found = page.found.relatedItems?.find((item) => item && rules.isItemOf(input, item));
      if (!found) continue;
      const { relatedItemId = '' } = found;
      const relatedItemArn = await this.#context.itemArns.of(caller, rules.caseOf(input), relatedItemId);
      return { is: 'there', output: { relatedItemArn, relatedItemId } };
    }
    return { is: 'not there' };
  }
}

/** Short, however long a comment is. */
function keyOf(rules: Verify<Request>, input: Request): string {
  const parts = [rules.caseOf(input), rules.identity(input), rules.authorOf(input)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
