import { validation } from '../model/errors';
import { toMap } from '../model/schema';
import type { Change } from '../state/changes';
import type { Domain, Field, Template } from '../state/state';
import { systemFields } from '../state/system-fields';
import { idOf, named, resource } from './parts';
import type { SeedDomain, SeedField, SeedTemplate } from './seed';

/** The changes that make a domain with its fields, layouts and rules. */
export function* setUp(domain: SeedDomain, domainId: string, now: number): Generator<Change> {
  const { name, tags, events, fields = [], layouts = [], rules = [] } = domain;
  yield { kind: 'domain', domain: { ...resource(domainId, tags, now), name, ...(events && { events }) } };
  const options = new Map(fields.map((field) => [field.id, field.options]));
  for (const field of systemFields) {
    const given = options.get(field.id)?.map(withActive);
    const entry: Field = { ...field, createdAt: now, modifiedAt: now, ...(given && { options: given }) };
    yield { kind: 'fields', domainId, entry };
  }
  for (const [index, field] of fields.entries()) {
    if (systemFields.some(({ id }) => id === field.id)) continue;
    yield { kind: 'fields', domainId, entry: fieldOf(domainId, field, `fields[${index}]`, now) };
  }
  for (const { id, tags: own, ...rest } of layouts) {
    const entry = {
      ...resource(id ?? idOf(domainId, 'layout', rest.name), own, now),
      ...rest,
      modifiedAt: now,
    };
    yield { kind: 'layouts', domainId, entry };
  }
  for (const { id, tags: own, ...rest } of rules) {
    const entry = {
      ...resource(id ?? idOf(domainId, 'rule', rest.name), own, now),
      ...rest,
      modifiedAt: now,
    };
    yield { kind: 'rules', domainId, entry };
  }
}

const withActive = (option: NonNullable<SeedField['options']>[number]) => ({ active: true, ...option });

function fieldOf(
  domainId: string,
  { id, tags, type, multiline, options, ...rest }: SeedField,
  path: string,
  now: number,
): Field {
  if (!type) throw validation(`'${path}' is no field of the system, and has no type`);
  return {
    ...resource(id ?? idOf(domainId, 'field', rest.name), tags, now),
    ...rest,
    modifiedAt: now,
    type,
    namespace: 'Custom',
    ...(type === 'Text' && { multiline: multiline ?? false, maxLength: multiline ? 4100 : 500 }),
    ...(type === 'Url' && { maxLength: 500 }),
    ...(options && { options: options.map(withActive) }),
  };
}

/** A template of `domain`. Throws where it names what is not there. */
export function templateOf(
  domain: Domain,
  { id, tags, status, requiredFields, layout, caseTags, ...rest }: SeedTemplate,
  path: string,
  now: number,
): Template {
  return {
    ...resource(id ?? idOf(domain.id, 'template', rest.name), tags, now),
    ...rest,
    modifiedAt: now,
    status: status ?? ('Active' as const),
    requiredFields: (requiredFields ?? []).map(
      (name, index) => named(domain.fields, name, `${path}.requiredFields[${index}]`).id,
    ),
    ...(layout !== undefined && { layoutId: named(domain.layouts, layout, `${path}.layout`).id }),
    ...(caseTags && { caseTags: toMap(caseTags) }),
  };
}
