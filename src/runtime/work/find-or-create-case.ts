import type { CreateCaseRequest, FieldValue } from '@aws-sdk/client-connectcases';
import type { Statuses } from '../../cases/filter';
import { type FindOrCreateResult, findOrCreate } from '../../cases/find-or-create';
import { plainValue } from '../../cases/plain';
import type { Values } from '../../definition/field';
import { CasesError, invalidInput } from '../../errors/errors';
import { demand } from '../../mapping/demand';
import { CaseTitle, CustomerProfileArn, caseNodes, TemplateId } from '../../model/limits';
import { codePoints, firstCodePoints, truncated } from '../../model/text';
import type { DomainSettings } from '../config/settings';
import { noCaseStatus } from '../status-words';
import { callsThrough } from './calls';
import { namedValues, withIds } from './named-values';
import type { TaskWork } from './work';
import { performedBy, text, type WorkDomain } from './work-domain';

/** Which case is wanted; fields and the template by names or ids. */
interface Wanted {
  readonly match: readonly FieldValue[];
  readonly statuses: Statuses;
  readonly rememberMs: number;
  /** Without a case, the message is refused. */
  readonly isDemanded: boolean;
  /** The case to make where there is none; left out: none is made. */
  readonly create?: NewCase;
}

interface NewCase extends Pick<CreateCaseRequest, 'performedBy'> {
  readonly template: string;
  /** Beside those that tell cases apart, in two lists, since errors name the second one's entries. */
  readonly fields: readonly FieldValue[];
  readonly rows: readonly FieldValue[];
}

interface Found extends FindOrCreateResult {
  /** What tells the case apart, by the ids of the fields. */
  readonly match: readonly FieldValue[];
}

/** The message goes on with its case, which is found or made; or to the second output where there is none. */
export const findOrCreateCase: TaskWork<Wanted, Found> = {
  base: 'find-or-create-case',
  task: 'find-or-create-case',
  toInput(values, domain) {
    const match = namedValues(values.match, 'match');
    if (match.length === 0) throw new CasesError('NOT_CONFIGURED', noMatch, { field: 'match' });
    for (const [index, { value }] of match.entries()) demandContent(value, `match[${index}].value`);
    return {
      match,
      statuses: values.statuses as Statuses,
      rememberMs: 1000 * (demand(caseNodes.remember, Number(values.remember), 'remember') as number),
      isDemanded: values.otherwise === 'error',
      ...(values.otherwise === 'create' && { create: newCase(values, domain) }),
    };
  },
  async run({ statuses, rememberMs, isDemanded, ...wanted }, domain, context) {
    const { domainId, scope, known, updates, note, undescribed, now } = domain;
    await domain.recalled;
    const { match, create } = await domain.turns.run(() => withAllIds(wanted, domain));
    const found = await findOrCreate(
      {
        ...{ call: callsThrough(context), asker: domain, known, note, undescribed, now },
        updated: (caseId) => updates.allEnded(caseId),
      },
      {
        id: context.id,
        late: () => context.late(),
        ...{ scope, domainId, match, statuses, rememberMs },
        ...(create && { create }),
      },
    );
    if (!found.found && isDemanded) throw noCase(match);
    return { ...found, match };
  },
  toResult({ found, created, match }) {
    if (!found) {
      return {
        outcome: 'no case',
        summary: 'There is no such case',
        status: noCaseStatus,
        port: 1,
      };
    }
    const { caseId, matches, title, status, referenceNumber } = found;
    const details = { caseId, created, matches, title, status };
    return {
      outcome: created ? `case ${caseId} was created` : `case ${caseId} was found`,
      status: () => ({ fill: 'green', shape: 'dot', text: arrow(match, referenceNumber ?? caseId) }),
      output: { value: caseId, name: 'its id' },
      properties: { case: referenceNumber === undefined ? details : { ...details, referenceNumber } },
    };
  },
};

/** What tells a case apart, and the case to make, with ids in place of names. */
async function withAllIds(
  { match: named, create }: Pick<Wanted, 'match' | 'create'>,
  { domainId, fields }: WorkDomain,
) {
  const match = await withIds(named, fields, 'match');
  if (!create) return { match };
  const { template, rows, fields: own, ...author } = create;
  // What the next message will look for comes last: it counts.
  const all = [...own, ...(await withIds(rows, fields, 'rows')), ...match];
  return {
    match,
    create: {
      domainId,
      templateId: await fields.templateId(template, 'templateId'),
      fields: [...new Map(all.map((field) => [field.id, field])).values()],
      ...author,
    },
  };
}

/** What tells cases apart is not nothing: all messages without it would share a case. Throws `INVALID_INPUT`. */
function demandContent(value: FieldValue['value'], path: string): void {
  const text = value?.emptyValue ? '' : (value?.stringValue ?? value?.userArnValue);
  if (text?.trim() === '') throw invalidInput({ path, rule: text === '' ? 'empty' : 'blank', params: {} });
}

function newCase(values: Values, domain: DomainSettings): NewCase {
  const whole = text(values.title, 'title');
  const isCut = values.tooLong === 'truncate' && typeof whole === 'string';
  const title = demand(CaseTitle, isCut ? truncated(whole, CaseTitle.max as number) : whole, 'title');
  const { customer: given } = values;
  const hasCustomer = given !== '' && given !== undefined && given !== null;
  const customer = hasCustomer ? demand(CustomerProfileArn, given, 'customer') : undefined;
  return {
    fields: [
      textField('title', title),
      ...(customer === undefined ? [] : [textField('customer_id', customer)]),
    ],
    rows: namedValues(values.rows, 'rows'),
    template: demand(TemplateId, values.templateId || undefined, 'templateId') as string,
    ...performedBy(values, domain),
  };
}

const noMatch =
  'The node does not say which fields tell cases apart. Open it, choose at least one and deploy.';

const noCase = (match: readonly FieldValue[]): CasesError =>
  new CasesError(
    'NOT_FOUND',
    `No case has the values that are wanted for ${match.map(({ id }) => id).join(', ')}.`,
    { operation: 'SearchCases' },
  );

const textField = (id: string, value: unknown): FieldValue => ({ id, value: { stringValue: String(value) } });

/** `boiler-3 → #1001`, in less than 20 characters. */
function arrow([first]: readonly FieldValue[], number: string): string {
  const to = `#${number.slice(-8)}`;
  const from = String(plainValue(first?.value) ?? '');
  const room = 19 - ' → '.length - to.length;
  return `${codePoints(from) > room ? `${firstCodePoints(from, room - 1)}…` : from} → ${to}`;
}
