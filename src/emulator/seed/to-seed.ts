import type { Case, Definition, Domain, Field, Resource, State, Template } from '../state/state';
import { systemFields } from '../state/system-fields';
import type { Seed, SeedCase, SeedDomain, SeedField, SeedTemplate } from './seed';

type Tags = Readonly<Record<string, string>>;

/** What `state` holds as a seed; without the history of its cases. */
export function toSeed(state: State): Seed<Tags> {
  const cases = [...state.cases.values()];
  return {
    domains: [...state.domains.values()].map((domain) =>
      seedDomain(
        domain,
        cases.filter(({ domainId }) => domainId === domain.id),
      ),
    ),
  };
}

function seedDomain(domain: Domain, cases: readonly Case[]): SeedDomain<Tags> {
  return {
    id: domain.id,
    name: domain.name,
    ...tagsOf(domain),
    ...(domain.events && { events: domain.events }),
    fields: [...domain.fields.values()].flatMap(seedField),
    layouts: [...domain.layouts.values()].map((layout) => ({
      ...described(layout),
      content: layout.content,
    })),
    rules: [...domain.rules.values()].map((rule) => ({ ...described(rule), rule: rule.rule })),
    templates: [...domain.templates.values()].map(seedTemplate),
    cases: cases.map(seedCase),
  };
}

const tagsOf = ({ tags }: Pick<Resource, 'tags'>) => (Object.keys(tags).length > 0 ? { tags } : {});

const described = (definition: Definition) => ({
  id: definition.id,
  name: definition.name,
  ...(definition.description !== undefined && { description: definition.description }),
  ...tagsOf(definition),
  ...(definition.deleted && { deleted: true }),
});

/** A field of the system is there by itself, but for options that were given to it. */
function seedField(field: Field): SeedField<Tags>[] {
  const { type, multiline, options } = field;
  const withOptions = options && { options };
  if (field.namespace === 'System') {
    const usual = systemFields.find(({ id }) => id === field.id)?.options;
    return JSON.stringify(options) === JSON.stringify(usual)
      ? []
      : [{ id: field.id, name: field.name, ...withOptions }];
  }
  return [{ ...described(field), type, ...(multiline !== undefined && { multiline }), ...withOptions }];
}

const seedTemplate = (template: Template): SeedTemplate<Tags> => ({
  ...described(template),
  status: template.status,
  requiredFields: template.requiredFields,
  ...(template.layoutId !== undefined && { layout: template.layoutId }),
  ...(template.rules && { rules: template.rules }),
  ...(template.caseTags && { caseTags: template.caseTags }),
});

const seedCase = ({
  id,
  templateId,
  createdAt,
  fields,
  items,
  performedBy,
  ...rest
}: Case): SeedCase<Tags> => ({
  id,
  template: templateId,
  createdAt: new Date(createdAt).toISOString(),
  fields: Object.entries(fields).map(([fieldId, value]) => ({ id: fieldId, value })),
  ...(performedBy && { performedBy }),
  ...tagsOf(rest),
  ...(items.length > 0 && { items: items.map(seedItem) }),
});

const seedItem = ({ id, type, content, createdAt, performedBy, ...rest }: Case['items'][number]) => ({
  id,
  type,
  content,
  createdAt: new Date(createdAt).toISOString(),
  ...(performedBy && { performedBy }),
  ...tagsOf(rest),
});
