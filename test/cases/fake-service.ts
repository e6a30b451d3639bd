import type {
  CaseFilter,
  CreateCaseRequest,
  FieldValue,
  FieldValueUnion,
} from '@aws-sdk/client-connectcases';
import { type Clock, createClock } from '@sinonjs/fake-timers';
import type { Call, CaseOperation } from '../../src/cases/call';
import { CasesError, type ErrorCode } from '../../src/errors/errors';
import type { Input } from '../../src/model/operations';

/** How one call ends: with its answer, or with an error, after it was carried out or without. */
export type Fate = 'ok' | 'refused' | 'given up' | 'lost' | 'lost before';

const errors: Record<Exclude<Fate, 'ok'>, () => CasesError> = {
  refused: () => new CasesError('VALIDATION', 'The service refused the request.'),
  'given up': () => new CasesError('EXPIRED', 'The message waited too long.'),
  lost: () => lost('TIMEOUT'),
  'lost before': () => lost('NETWORK'),
};
const lost = (code: ErrorCode) => new CasesError(code, 'No answer came.', { created: 'unknown' });

interface StoredCase {
  readonly caseId: string;
  readonly templateId: string;
  readonly values: Map<string, FieldValueUnion>;
  readonly madeAt: number;
  /** What a search shows: the newest of these that is old enough. */
  readonly history: { readonly at: number; readonly values: Map<string, FieldValueUnion> }[];
}

/** Amazon Connect Cases as the case nodes see it: calls end well or badly, and searches lag behind writes. */
export class FakeService {
  readonly time: Clock = createClock(1_000_000);
  readonly cases: StoredCase[] = [];
  readonly calls: { readonly operation: CaseOperation; readonly input: object }[] = [];
  latencyMs = 20;
  lagMs = 0;
  fate: (operation: CaseOperation, count: number) => Fate = () => 'ok';
  readonly #tokens = new Map<string, { readonly caseId: string; readonly meaning: string }>();

  readonly now = (): number => this.time.now;

  readonly call: Call = async (operation, input) => {
    this.calls.push({ operation, input });
    const fate = this.fate(operation, this.calls.length);
    await this.#pass();
    const isCarriedOut = fate === 'ok' || fate === 'lost';
    const answer = isCarriedOut ? this.#carryOut(operation, input) : undefined;
    await this.#pass();
    if (fate !== 'ok') throw errors[fate]();
    return answer as never;
  };

  count(operation: CaseOperation): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  /** Cases that are not closed and have this text in this field. */
  openWith(id: string, text: string): StoredCase[] {
    return this.cases.filter(
      ({ values }) => values.get(id)?.stringValue === text && values.get('status')?.stringValue !== 'closed',
    );
  }

  change(caseId: string, fields: readonly FieldValue[]): void {
    const found = this.cases.find((each) => each.caseId === caseId);
    if (!found) throw new CasesError('NOT_FOUND', `Case ${caseId} does not exist.`);
    for (const { id = '', value } of fields) if (value) found.values.set(id, value);
    found.history.push({ at: this.now(), values: new Map(found.values) });
  }

  #carryOut(operation: CaseOperation, input: object): object {
    switch (operation) {
      case 'CreateCase':
        return this.#create(input as CreateCaseRequest);
      case 'SearchCases':
        return this.#search(input as Input<'SearchCases'>);
      case 'UpdateCase': {
        const { caseId = '', fields = [] } = input as Input<'UpdateCase'>;
        this.change(caseId, fields);
        return {};
      }
      case 'GetCase': {
        const { caseId } = input as Input<'GetCase'>;
        const found = this.cases.find((each) => each.caseId === caseId);
        if (!found) throw new CasesError('NOT_FOUND', `Case ${caseId} does not exist.`);
        return { templateId: found.templateId, fields: fieldsOf(found.values) };
      }
      case 'SearchRelatedItems':
        return { relatedItems: [] };
      case 'ListTemplates':
        return { templates: [] };
      case 'ListFields':
        return { fields: [] };
      case 'ListFieldOptions':
        return { options: [] };
    }
  }

  #create({ clientToken = '', templateId = '', ...rest }: CreateCaseRequest): object {
    const meaning = JSON.stringify({ templateId, ...rest });
    const earlier = this.#tokens.get(clientToken);
    if (earlier && earlier.meaning !== meaning)
      throw new CasesError('CONFLICT', 'The token was used before.');
    if (earlier) return { caseId: earlier.caseId };
    const caseId = `case-${this.cases.length + 1}`;
    const values = new Map((rest.fields ?? []).map(({ id = '', value = { emptyValue: {} } }) => [id, value]));
    values.set('status', { stringValue: 'open' });
    values.set('reference_number', { stringValue: String(1000 + this.cases.length + 1) });
    const madeAt = this.now();
    this.cases.push({
      caseId,
      templateId,
      values,
      madeAt,
      history: [{ at: madeAt, values: new Map(values) }],
    });
    this.#tokens.set(clientToken, { caseId, meaning });
    return { caseId };
  }

  #search({ filter }: Input<'SearchCases'>): object {
    const visibleUntil = this.now() - this.lagMs;
    const shown = this.cases.flatMap(({ caseId, templateId, history }) => {
      const seen = history.findLast(({ at }) => at <= visibleUntil);
      return seen && (!filter || meets(filter, seen.values)) ? [{ caseId, templateId, ...seen }] : [];
    });
    const cases = shown
      .toSorted((a, b) => b.at - a.at)
      .map(({ caseId, templateId, values }) => ({ caseId, templateId, fields: fieldsOf(values) }));
    return { cases, totalCount: cases.length };
  }

  #pass(): Promise<void> {
    return new Promise((resolve) => this.time.setTimeout(() => resolve(), this.latencyMs / 2));
  }
}

const fieldsOf = (values: ReadonlyMap<string, FieldValueUnion>): FieldValue[] =>
  [...values].map(([id, value]) => ({ id, value }));

/** Only what find-or-create asks for: equal values, all of them, and not. */
function meets(filter: CaseFilter, values: ReadonlyMap<string, FieldValueUnion>): boolean {
  if (filter.andAll) return filter.andAll.every((part) => meets(part, values));
  if (filter.not) return !meets(filter.not, values);
  const { id = '', value } = filter.field?.equalTo ?? {};
  return JSON.stringify(values.get(id)) === JSON.stringify(value);
}
