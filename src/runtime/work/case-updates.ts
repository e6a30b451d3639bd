import { closed } from '../../delivery/own-errors';

interface Update {
  readonly nodeId: string;
  end(): void;
}

/** Updates of cases that may close them, and wait or are under way: nobody knows what becomes of a case until they have ended. */
export class CaseUpdates {
  /** By the ids of their messages. */
  readonly #updates = new Map<string, Update>();
  /** Resolves when the last one of a case has ended, and all before it. */
  readonly #lastEnd = new Map<string, Promise<unknown>>();
  #isClosed = false;

  began(caseId: string, messageId: string, nodeId: string): void {
    const end = new Promise<void>((end) => this.#updates.set(messageId, { nodeId, end }));
    const lastEnd = Promise.all([this.#lastEnd.get(caseId), end]).then(() => {
      if (this.#lastEnd.get(caseId) === lastEnd) this.#lastEnd.delete(caseId);
    });
    this.#lastEnd.set(caseId, lastEnd);
  }

  ended(messageId: string): void {
    this.#updates.get(messageId)?.end();
    this.#updates.delete(messageId);
  }

  /** Those of nodes that are away wait until these run again: nobody waits for them. */
  leave(isAway: (nodeId: string) => boolean): void {
    for (const [id, { nodeId }] of this.#updates) if (isAway(nodeId)) this.ended(id);
  }

  /** Resolves when all have ended that the case has now, with whether there was any. Rejects with `CLOSED`. */
  async allEnded(caseId: string): Promise<boolean> {
    const lastEnd = this.#lastEnd.get(caseId);
    await lastEnd;
    if (lastEnd && this.#isClosed) throw closed('no');
    return lastEnd !== undefined;
  }

  /** Whoever waits for one gets `CLOSED`. */
  close(): void {
    this.#isClosed = true;
    this.leave(() => true);
  }
}
