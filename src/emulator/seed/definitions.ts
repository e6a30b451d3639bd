import { validation } from '../model/errors';
import { toMap } from '../model/schema';
import type { Change } from '../state/change';
import type { Definition, Domain, Field, Template } from '../state/state';
import { systemFields } from '../state/system-fields';
import { idOf, named, resource } from './parts';
import type { SeedDescribed, SeedDomain, SeedField, SeedTemplate } from './seed';

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
  for (const layout of layouts) {
    const entry = { ...definitionOf(domainId, 'layout', layout, now), content: layout.content };
    yield { kind: 'layouts', domainId, entry };
  }
  for (const rule of rules) {
    yield {
      kind: 'rules',
      domainId,
      entry: { ...definitionOf(domainId, 'rule', rule, now), rule: rule.rule },
    };
  }
}

/** What every definition has. */
function definitionOf(domainId: string, kind: string, described: SeedDescribed, now: number): Definition {
  const { id, name, description, tags, deleted } = described;
  return {
    ...resource(id ?? idOf(domainId, kind, name), tags, now),
    name,
    ...(description !== undefined && { description }),
    ...(deleted && { deleted }),
    modifiedAt: now,
  };
}

const withActive = (option: NonNullable<SeedField['options']>[number]) => ({ active: true, ...option });

function fieldOf(domainId: string, field: SeedField, path: string, now: number): Field {
  const { type, multiline, options } = field;
  if (!type) throw validation(`'${path}' is no field of the system, and has no type`);
  return {
    ...definitionOf(domainId, 'field', field, now),
    type,
    namespace: 'Custom',
    ...(type === 'Text' && { multiline: multiline ?? false, maxLength: multiline ? 4100 : 500 }),
    ...(type === 'Url' && { maxLength: 500 }),
    ...(options && { options: options.map(withActive) }),
  };
}

/** A template of `domain`. Throws where it names what is not there. */
export function templateOf(domain: Domain, template: SeedTemplate, path: string, now: number): Template {
  const { status = 'Active', requiredFields = [], layout, rules, caseTags } = template;
  return {
    ...definitionOf(domain.id, 'template', template, now),
    status,
    requiredFields: requiredFields.map(
      (name, index) => named(domain.fields, name, `${path}.requiredFields[${index}]`).id,
    ),
    ...(layout !== undefined && { layoutId: named(domain.layouts, layout, `${path}.layout`).id }),
    ...(rules && { rules }),
    ...(caseTags && { caseTags: toMap(caseTags) }),
  };
}
