import type { DomainField, FieldOption } from '../definition/domain-fields';
import { describe } from '../model/describe';
import type { Problem } from '../model/schema';
import { editDistance, isUuid } from '../model/text';

/** The types of the fields that every domain has, with the same ids. */
const systemFields: Readonly<Record<string, string>> = {
  title: 'Text',
  summary: 'Text',
  status: 'SingleSelect',
  case_reason: 'SingleSelect',
  customer_id: 'Text',
  assigned_queue: 'Text',
  assigned_user: 'User',
  reference_number: 'Text',
  created_datetime: 'DateTime',
  last_updated_datetime: 'DateTime',
  last_closed_datetime: 'DateTime',
};
const systemOptions: Readonly<Record<string, readonly string[]>> = { status: ['open', 'closed'] };
/** Whether `key` is the id of a field, whatever fields the domain has. */
export const isFieldId = (key: string): boolean => isUuid(key) || systemField(key) !== undefined;

/** A field that every domain has; its name may be another there. */
export function systemField(id: string): DomainField | undefined {
  const type = Object.hasOwn(systemFields, id) ? systemFields[id] : undefined;
  return type === undefined ? undefined : { id, name: id, type };
}

/** Whether a field has this option in every domain. */
export const isSystemOption = (fieldId: string, value: string): boolean =>
  (Object.hasOwn(systemOptions, fieldId) && systemOptions[fieldId]?.includes(value)) ?? false;

/** What a name means: the only one that has it, or what is to be said where it is none or several. */
export type Meaning<Named> = { readonly is: Named } | { readonly problem: Problem };

/** A template of cases. */
export interface Template {
  readonly id: string;
  readonly name: string;
}

/** The field that has the id `key`, or else the only one with that name. */
export function fieldCalled(key: string, fields: readonly DomainField[], path: string): Meaning<DomainField> {
  return meaningOf(key, fields, ({ id }) => id, { path, rule: 'noField', params: {} });
}

/** The option that has the value `key`, or else the only one with that name. */
export function optionCalled(
  key: string,
  options: readonly FieldOption[],
  { name: field }: DomainField,
  path: string,
): Meaning<FieldOption> {
  const params = { field: describe(field) };
  return meaningOf(key, options, ({ value }) => value, { path, rule: 'noOption', params });
}

/** The template that has the id `key`, or else the only one with that name. */
export function templateCalled(key: string, templates: readonly Template[], path: string): Meaning<Template> {
  return meaningOf(key, templates, ({ id }) => id, { path, rule: 'noTemplate', params: {} });
}

function meaningOf<Named extends { readonly name: string }>(
  key: string,
  all: readonly Named[],
  idOf: (named: Named) => string,
  none: Problem,
): Meaning<Named> {
  const byId = all.find((each) => idOf(each) === key);
  if (byId) return { is: byId };
  const called = all.filter(({ name }) => name === key);
  const [is] = called;
  if (is && called.length === 1) return { is };
  const got = describe(key);
  if (is) {
    const ids = called.map((each) => describe(idOf(each))).join(', ');
    return { problem: { path: none.path, rule: 'several', params: { got, ids } } };
  }
  const nearest = nearestTo(
    key,
    all.map(({ name }) => name),
  );
  const params = { ...none.params, got, nearest: nearest.map((name) => describe(name)).join(', ') || '–' };
  return { problem: { ...none, params } };
}

const namesTold = 3;
/** Characters that are compared. */
const compared = 60;

/** The names that are most like `key`, the nearest first. */
function nearestTo(key: string, names: readonly string[]): readonly string[] {
  const wanted = folded(key);
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceOf(wanted, folded(name)) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, namesTold)
    .map(({ name }) => name);
}

const folded = (name: string): string => name.slice(0, compared).trim().toLowerCase();

/** How much has to be changed to make one text of the other, as a part of the longer one. */
const distanceOf = (a: string, b: string): number => editDistance(a, b) / Math.max(a.length, b.length, 1);
