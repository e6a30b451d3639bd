import type { Change } from './change';

type Members = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const members: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const list: Check = Array.isArray;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const having =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    members(value) && Object.entries(checks).every(([name, check]) => check((value as Members)[name]));

const resource = { id: text, createdAt: number, tags: members };
const definition = { ...resource, name: text, modifiedAt: number };
const event = having({ id: text, type: text, at: number, fields: list });
const item = having({ ...resource, sequence: number, type: text, content: members });

/** What each kind of change has to have; without it, reading it back would fail later, and elsewhere. */
const checks: Readonly<Record<Change['kind'], Check>> = {
  domain: having({ domain: having({ ...resource, name: text }) }),
  'domain-deleted': having({ domainId: text }),
  fields: having({ domainId: text, entry: having({ ...definition, type: text, namespace: text }) }),
  templates: having({ domainId: text, entry: having({ ...definition, status: text, requiredFields: list }) }),
  layouts: having({ domainId: text, entry: having({ ...definition, content: members }) }),
  rules: having({ domainId: text, entry: having({ ...definition, rule: members }) }),
  case: having({
    case: having({ ...resource, sequence: number, domainId: text, templateId: text, fields: members }),
    token: optional(text),
    history: optional(list),
  }),
  'case-updated': having({ caseId: text, event, metItems: optional(list) }),
  'case-tags': having({ caseId: text, tags: members }),
  'case-deleted': having({ caseId: text }),
  item: having({ caseId: text, item }),
  'item-updated': having({ caseId: text, itemId: text, content: members, event }),
  'item-moved': having({ caseId: text, toCaseId: text, itemId: text }),
  token: having({ domainId: text, token: text, request: text, answer: members }),
  merge: having({
    merge: having({
      domainId: text,
      primaryCaseId: text,
      secondaryCaseId: text,
      endsAt: number,
      fieldIds: list,
    }),
  }),
  'item-deleted': having({ caseId: text, itemId: text, event }),
};

/** A line of a data file: the account and Region, and what changed there. Throws for anything else. */
export function requireChanges(value: unknown): [place: string, changes: readonly Change[]] {
  const [place, change] = Array.isArray(value) ? value : [];
  const changes =
    members(change) && (change as Members).kind === 'all' ? (change as Members).changes : [change];
  if (text(place) && Array.isArray(changes) && changes.every(isChange)) return [place, changes];
  throw new Error('it is no change of a state, or lacks members');
}

function isChange(value: unknown): value is Change {
  const kind = members(value) ? String((value as Members).kind) : '';
  return Object.hasOwn(checks, kind) && checks[kind as Change['kind']](value);
}
