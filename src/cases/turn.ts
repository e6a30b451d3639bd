import type { CreateCaseRequest, FieldValue } from '@aws-sdk/client-connectcases';
import { CasesError } from '../errors/errors';
import type { Call } from './call';
import { caseFilter, type Statuses } from './filter';
import { type FoundCase, factsOf, foundCase, foundCaseFieldIds } from './found-case';
import type { CaseNote, KnownCases } from './known-cases';
import { counts, doubtMs, type KnownKey, searchLagMs } from './known-key';

/** Which case a message wants. */
export interface FindOrCreateRequest {
  /** Unlike that of any other message, for ever: the token by which the service knows a repeated CreateCase. */
  readonly id: string;
  /** Which domain of which service: the same for all domain nodes that share its cases. */
  readonly scope: string;
  readonly domainId: string;
  /** The values that the case has to have. */
  readonly match: readonly FieldValue[];
  readonly statuses: Statuses;
  /** How long a found case is taken again without asking. */
  readonly rememberMs: number;
  /** Why the message is given up, once it has waited too long for its turn. */
  late?(): CasesError | undefined;
  /** The case to make where there is none; left out: none is made. */
  readonly create?: Omit<CreateCaseRequest, 'clientToken'>;
}

export interface FindOrCreateResult {
  /** Undefined where there is none and none was to be made. */
  readonly found: FoundCase | undefined;
  /** This message made it. */
  readonly created: boolean;
}

/** What the messages of a domain node share. */
export interface FindOrCreateContext {
  readonly call: Call;
  /** Who asks: messages of one get the refusals of each other. Left out: whoever has the same `call`. */
  readonly asker?: unknown;
  readonly known: KnownCases;
  /** Has a fact written down in case the process ends; left out: it is not. */
  note?(note: CaseNote): void;
  /** Is told why nothing more is known of a case that was just made. */
  undescribed?(cause: unknown): void;
  /** In milliseconds; never goes back. */
  readonly now: () => number;
}

/** Cases that a search reads, for the few that it may show as open although an update of ours has closed them. */
const searched = 10;

/** One message's turn: nobody else asks about its key meanwhile. */
export class Turn {
  readonly #context: FindOrCreateContext;
  readonly #request: FindOrCreateRequest;
  readonly #known: KnownKey;
  readonly #cameAt: number;

  constructor(context: FindOrCreateContext, request: FindOrCreateRequest, known: KnownKey, cameAt: number) {
    this.#context = context;
    this.#request = request;
    this.#known = known;
    this.#cameAt = cameAt;
  }

  async take(): Promise<FindOrCreateResult> {
    const { create, late } = this.#request;
    const tooLate = late?.();
    if (tooLate) throw tooLate;
    const found = this.#remembered() ?? (await this.#search()) ?? (await this.#madeAShortTimeAgo());
    if (found) return { found, created: false };
    if (!create) return { found: undefined, created: false };
    return { found: await this.#create(create), created: true };
  }

  #remembered(): FoundCase | undefined {
    const { statuses, rememberMs } = this.#request;
    const answer = this.#known.answers[statuses];
    if (!answer?.found || !counts(answer.found, statuses)) return undefined;
    const isFresh = answer.at >= this.#cameAt || this.#context.now() - answer.at < rememberMs;
    return isFresh ? answer.found : undefined;
  }

  async #search(): Promise<FoundCase | undefined> {
    const { domainId, match, statuses, scope } = this.#request;
    const last = this.#known.answers[statuses];
    // Another message that waited at the same time has just been told that there is none.
    if (last && !last.found && last.at >= this.#cameAt) return undefined;
    const conditions = match.map((field) => ({ ...field, operator: 'equalTo' as const }));
    const filter = caseFilter(conditions, statuses);
    const { cases = [], totalCount } = await this.#ask(JSON.stringify(['search', statuses]), (call) =>
      call('SearchCases', {
        domainId,
        ...(filter && { filter }),
        sorts: [{ fieldId: 'last_updated_datetime', sortOrder: 'Desc' }],
        fields: foundCaseFieldIds,
        maxResults: searched,
      }),
    );
    const now = this.#context.now();
    const shown = cases.filter((each) => each !== null);
    const open = shown.filter(
      ({ caseId = '' }) => statuses === 'any' || !this.#context.known.isClosed(scope, caseId, now),
    );
    const matches = (totalCount ?? shown.length) - (shown.length - open.length);
    const found = open[0] && foundCase(open[0], matches);
    this.#known.answers[statuses] = { at: now, found };
    if (found && statuses === 'notClosed') this.#known.doubt = undefined;
    return found;
  }

  /** A case that a search may not show yet, unless somebody has closed it. */
  async #madeAShortTimeAgo(): Promise<FoundCase | undefined> {
    const { statuses } = this.#request;
    const { made } = this.#known;
    if (!made || this.#context.now() - made.at >= searchLagMs || !counts(made.found, statuses))
      return undefined;
    const found = await this.#described(made.found);
    made.found = found;
    return counts(found, statuses) ? found : undefined;
  }

  async #create(create: Omit<CreateCaseRequest, 'clientToken'>): Promise<FoundCase> {
    const { doubt } = this.#known;
    const doubtedMs = doubt ? this.#context.now() - doubt.at : doubtMs;
    if (doubt && doubtedMs < doubtMs) {
      try {
        const found = await this.#send(doubt.input);
        // It may have been made, and closed since.
        if (counts(found, this.#request.statuses)) return found;
      } catch (error) {
        // That it is refused now does not tell that it was not made then, but by and by a search does.
        if (!isFinal(error) || doubtedMs < searchLagMs) throw error;
      }
    }
    return this.#send({ ...create, clientToken: this.#request.id });
  }

  async #send(input: CreateCaseRequest): Promise<FoundCase> {
    const { clientToken, ...meaning } = input;
    const { scope, match } = this.#request;
    try {
      const { caseId = '' } = await this.#ask(JSON.stringify(meaning), (call) => call('CreateCase', input));
      this.#known.doubt = undefined;
      const { title, status = 'open' } = factsOf(input.fields ?? []);
      return await this.#made({ caseId, title, status, matches: 1 });
    } catch (error) {
      if (error instanceof CasesError && error.created === 'unknown') {
        this.#known.doubt = { at: this.#context.now(), input };
        this.#context.note?.({ scope, match, doubt: input });
      }
      throw error;
    }
  }

  /** The case exists from here on: whatever goes wrong, it is not made again. */
  async #made(made: FoundCase): Promise<FoundCase> {
    this.#known.made = { at: this.#context.now(), found: made };
    const { scope, match } = this.#request;
    this.#context.note?.({ scope, match, made });
    const found = await this.#described(made);
    const at = this.#context.now();
    this.#known.made = { at, found };
    for (const statuses of ['any', 'notClosed'] as const) this.#known.answers[statuses] = { at, found };
    return found;
  }

  /** The case with what GetCase tells about it, if it tells anything: a message does not fail for that. */
  async #described(found: FoundCase): Promise<FoundCase> {
    try {
      const { fields = [] } = await this.#context.call('GetCase', {
        domainId: this.#request.domainId,
        caseId: found.caseId,
        fields: foundCaseFieldIds,
      });
      return { ...found, ...factsOf(fields.filter((field) => field !== null)) };
    } catch (cause) {
      this.#context.undescribed?.(cause);
      return found;
    }
  }

  /** Asks the service, unless it has just refused the same question to a message that waited at the same time. */
  async #ask<Answer>(question: string, ask: (call: Call) => Promise<Answer>): Promise<Answer> {
    const { call, now, asker = call } = this.#context;
    const { refusal } = this.#known;
    if (refusal && refusal.asker === asker && refusal.question === question && refusal.at >= this.#cameAt)
      throw refusal.error;
    try {
      return await ask(call);
    } catch (error) {
      if (isFinal(error)) this.#known.refusal = { at: now(), asker, question, error };
      throw error;
    }
  }
}

/** Refused, and no use to try again. */
const isFinal = (error: unknown): error is CasesError =>
  error instanceof CasesError && error.created === 'no' && !error.retryable;
