import { CaseId, CustomEntity, DomainId, FieldId, RelatedItemId, UserArn } from '../../model/limits';
import { boolean, list, type Schema, string, structure, union } from '../../model/schema';
import { map } from '../model/schema';
import {
  CreateCaseRuleRequest,
  CreateLayoutRequest,
  CreateTemplateRequest,
  PutCaseEventConfigurationRequest,
} from '../model/shapes';
import { Description, FieldValue, Name, TemplateId } from '../model/shapes/common';
import { RelatedItemInputContent, RelatedItemType } from '../model/shapes/related-items';

/** A structure of which only these members are required. */
const partly = (members: Record<string, Schema>, required: readonly string[]) =>
  structure(
    members,
    Object.keys(members).filter((name) => !required.includes(name)),
  );

const Tags = map(string({ min: 1, max: 128 }), string({ max: 256 }), { max: 50 });
const Time = string({ min: 10, max: 35 });
const UserUnion = union({ userArn: UserArn, customEntity: CustomEntity });
const described = {
  id: string({ min: 1, max: 500 }),
  name: Name,
  description: Description,
  tags: Tags,
  deleted: boolean(),
};

const Field = partly(
  {
    ...described,
    type: string({ values: ['Text', 'Number', 'Boolean', 'DateTime', 'SingleSelect', 'Url', 'User'] }),
    multiline: boolean(),
    options: list(partly({ name: Name, value: Name, active: boolean() }, ['name', 'value']), { max: 500 }),
  },
  ['name'],
);
const Layout = partly({ ...described, content: CreateLayoutRequest.members.content as Schema }, [
  'name',
  'content',
]);
const Rule = partly({ ...described, rule: CreateCaseRuleRequest.members.rule as Schema }, ['name', 'rule']);
const Template = partly(
  {
    ...described,
    status: string({ values: ['Active', 'Inactive'] }),
    requiredFields: list(string({ min: 1, max: 500 }), { max: 100 }),
    layout: string({ min: 1, max: 500 }),
    rules: CreateTemplateRequest.members.rules as Schema,
    caseTags: Tags,
  },
  ['name'],
);
const Item = partly(
  {
    id: RelatedItemId,
    type: RelatedItemType,
    content: RelatedItemInputContent,
    createdAt: Time,
    performedBy: UserUnion,
    tags: Tags,
  },
  ['type', 'content'],
);
const Case = partly(
  {
    id: CaseId,
    template: TemplateId,
    createdAt: Time,
    fields: list(structure({ id: FieldId, value: FieldValue.members.value as Schema }), { max: 220 }),
    performedBy: UserUnion,
    tags: Tags,
    items: list(Item),
  },
  ['template', 'fields'],
);
const Domain = partly(
  {
    id: DomainId,
    name: Name,
    tags: Tags,
    events: PutCaseEventConfigurationRequest.members.eventBridge as Schema,
    fields: list(Field),
    layouts: list(Layout),
    rules: list(Rule),
    templates: list(Template),
    cases: list(Case),
  },
  ['name'],
);

/**
 * What a seed file holds: domains with their fields, layouts, rules, templates and cases, in the forms of the
 * service's requests. Fields, layouts and templates are named by id or by name; ids and times are made up where they are
 * left out.
 */
export const SeedShape = partly({ $schema: string(), domains: list(Domain) }, ['domains']);
