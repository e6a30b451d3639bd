/** Titles that are remembered, at most. */
const most = 1000;

/** Titles of cases, as far as messages and pickers have told them; nobody is asked for one. */
export class CaseTitles {
  readonly #byCase = new Map<string, string>();

  of(caseId: string | undefined): string | undefined {
    return caseId === undefined ? undefined : this.#byCase.get(caseId);
  }

  note(caseId: unknown, title: unknown): void {
    if (typeof caseId !== 'string' || typeof title !== 'string' || title === '') return;
    this.#byCase.delete(caseId);
    this.#byCase.set(caseId, title);
    if (this.#byCase.size <= most) return;
    for (const oldest of this.#byCase.keys()) {
      this.#byCase.delete(oldest);
      return;
    }
  }

  /** Notes the case that a task has found or made, where its result has one. */
  noteFrom(result: unknown): void {
    const { found } = (result ?? {}) as {
      readonly found?: { readonly caseId?: unknown; readonly title?: unknown };
    };
    if (found) this.note(found.caseId, found.title);
  }
}
