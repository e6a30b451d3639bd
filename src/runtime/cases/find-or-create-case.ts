import { randomUUID } from 'node:crypto';
import type { FieldValue } from '@aws-sdk/client-connectcases';
import type { Statuses } from '../../cases/filter';
import { type FindOrCreateRequest, findOrCreate } from '../../cases/find-or-create';
import { plainValue } from '../../cases/plain';
import { expired } from '../../delivery/own-errors';
import { CasesError } from '../../errors/errors';
import { CaseTitle, CustomerProfileArn, caseNodes } from '../../model/limits';
import { caseDomain, demand, performedBy, text } from './case-domain';
import { withCase } from './case-message';
import type { CaseProcess } from './case-process';

type Entries = readonly { readonly id: unknown; readonly value: unknown }[];

/** The message goes on with its case, which is found or made; or to the second output where there is none. */
export const findOrCreateCase: CaseProcess = async ({ RED, domain, values, config }) => {
  const cases = caseDomain(domain);
  const { domainId, scope } = cases;
  const match = await fieldList(values.match as Entries, 'match');
  if (match.length === 0) throw new CasesError('NOT_CONFIGURED', noMatch, { field: 'match' });
  const { deadlineSeconds } = domain.settings().delivery;
  const deadline = deadlineSeconds > 0 ? cases.now() + deadlineSeconds * 1000 : Number.POSITIVE_INFINITY;
  const request: FindOrCreateRequest = {
    id: randomUUID(),
    late: () => (cases.now() >= deadline ? expired(deadlineSeconds, 'no') : undefined),
    scope,
    domainId,
    match,
    statuses: values.statuses as Statuses,
    rememberMs: 1000 * (demand(caseNodes.remember, Number(values.remember), 'remember') as number),
    ...(values.otherwise === 'create' && { create: await newCase() }),
  };
  return async () => {
    const { found, created } = await findOrCreate(cases, request);
    if (!found) {
      if (values.otherwise === 'error') throw noCase(match);
      return { status: { fill: 'grey', shape: 'dot', text: 'status.noCase' }, outcome: 'no case', output: 1 };
    }
    const { caseId, matches, title, status, referenceNumber } = found;
    const details = {
      caseId,
      created,
      matches,
      title,
      status,
      ...(referenceNumber !== undefined && { referenceNumber }),
    };
    return {
      status: { fill: 'green', shape: 'dot', text: arrow(match, referenceNumber ?? caseId) },
      outcome: created ? `case ${caseId} was created` : `case ${caseId} was found`,
      write: (msg) => withCase(RED, msg, String(config.output || 'caseId'), caseId, details),
    };
  };

  async function fieldList(entries: Entries, path: string): Promise<FieldValue[]> {
    const list: FieldValue[] = [];
    for (const [index, { id, value }] of entries.entries()) {
      list.push(await cases.fields.value(id, value, `${path}[${index}]`));
    }
    return list;
  }

  async function newCase() {
    const title = demand(CaseTitle, text(values.title, 'title'), 'title');
    const { customer: given } = values;
    const hasCustomer = given !== '' && given !== undefined && given !== null;
    const customer = hasCustomer ? demand(CustomerProfileArn, given, 'customer') : undefined;
    const fields = [
      textField('title', title),
      ...(customer === undefined ? [] : [textField('customer_id', customer)]),
      ...match,
      ...(await fieldList(values.rows as Entries, 'rows')),
    ];
    return {
      domainId,
      templateId: await cases.fields.templateId(values.templateId || undefined, 'templateId'),
      fields: [...new Map(fields.map((field) => [field.id, field])).values()],
      ...performedBy(domain, values),
    };
  }
};

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
  return `${from.length > room ? `${from.slice(0, room - 1)}…` : from} → ${to}`;
}
