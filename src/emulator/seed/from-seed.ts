import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { validation } from '../model/errors';
import { isDateTime, requireFits } from '../model/field-values';
import { accepted } from '../model/validation';
import { memberByType } from '../operations/item-rules';
import type { Change } from '../state/change';
import { apply } from '../state/changes';
import { type Domain, emptyState, type State } from '../state/state';
import { setUp, templateOf } from './definitions';
import { idOf, named, resource } from './parts';
import type { Seed, SeedCase, SeedItem } from './seed';
import { SeedShape } from './shape';

/**
 * The changes that add what `seed` holds to a state like `before`. Throws a sentence for people where it is no seed, or
 * names what is not there.
 */
export function seedChanges(seed: unknown, before: State, now: number): Change[] {
  try {
    return changesFor(accepted(SeedShape, seed ?? {}) as Seed, before, now);
  } catch (error) {
    throw new Error(`The seed can't be used: ${(error as Error).message}`);
  }
}

/** A fresh state that holds what `seed` holds. */
export function seededState(seed: unknown, now: number): State {
  const state = emptyState();
  for (const change of seedChanges(seed, state, now)) apply(state, change);
  return state;
}

function changesFor(seed: Seed, before: State, now: number): Change[] {
  const changes: Change[] = [];
  const counters = { sequence: before.lastSequence, reference: before.lastReference };
  const scratch = emptyState();
  const ids = new Set<string>();
  const add = (change: Change): void => {
    const [kind = '', ...place] = placeOf(change);
    const id = JSON.stringify([kind, ...place]);
    if (ids.has(id))
      throw validation(
        `two ${kind} have the id '${place.at(-1)}' (one that is left out is made from the name)`,
      );
    ids.add(id);
    apply(scratch, change);
    changes.push(change);
  };
  for (const domain of seed.domains) {
    const domainId = domain.id ?? idOf(domain.name);
    if (before.domains.has(domainId)) throw validation(`there is a domain '${domainId}' already`);
    for (const change of setUp(domain, domainId, now)) add(change);
    const made = scratch.domains.get(domainId) as Domain;
    for (const [index, entry] of (domain.templates ?? []).entries()) {
      add({ kind: 'templates', domainId, entry: templateOf(made, entry, `templates[${index}]`, now) });
    }
    for (const [index, entry] of (domain.cases ?? []).entries()) {
      if (entry.id !== undefined && before.cases.has(entry.id))
        throw validation(`there is a case '${entry.id}' already`);
      for (const change of caseChanges(made, entry, `cases[${index}]`, counters, now)) add(change);
    }
  }
  return changes;
}

/** Tells apart what a seed adds: its kind, what it is in, and its id. */
function placeOf(change: Change): readonly string[] {
  if (change.kind === 'domain') return ['domains', change.domain.id];
  if (change.kind === 'case') return ['cases', change.case.id];
  if (change.kind === 'item') return ['items', change.caseId, change.item.id];
  return 'entry' in change ? [change.kind, change.domainId, change.entry.id] : [];
}

interface Counters {
  sequence: number;
  reference: number;
}

function* caseChanges(
  domain: Domain,
  seed: SeedCase,
  path: string,
  counters: Counters,
  now: number,
): Generator<Change> {
  const createdAt = timeOf(seed.createdAt, `${path}.createdAt`, now);
  const time = { stringValue: new Date(createdAt).toISOString() };
  const given = fieldsOf(domain, seed, path);
  counters.sequence += 1;
  counters.reference += 1;
  const record = {
    ...resource(seed.id ?? idOf(domain.id, path), seed.tags, createdAt),
    sequence: counters.sequence,
    domainId: domain.id,
    templateId: named(domain.templates, seed.template, `${path}.template`).id,
    fields: {
      status: { stringValue: 'open' },
      reference_number: { stringValue: String(counters.reference) },
      created_datetime: time,
      last_updated_datetime: time,
      ...given,
    },
    ...(seed.performedBy && { performedBy: seed.performedBy }),
  };
  yield { kind: 'case', case: record };
  for (const [index, item] of (seed.items ?? []).entries()) {
    counters.sequence += 1;
    yield itemChange(record.id, item, `${path}.items[${index}]`, counters.sequence, createdAt);
  }
}

function fieldsOf(domain: Domain, { fields }: SeedCase, path: string): Record<string, FieldValueUnion> {
  return Object.fromEntries(
    fields.map(({ id = '', value }, index) => {
      const field = named(domain.fields, id, `${path}.fields[${index}].id`);
      requireFits(field, value as FieldValueUnion, `${path}.fields[${index}].value`);
      return [field.id, value as FieldValueUnion];
    }),
  );
}

function itemChange(
  caseId: string,
  item: SeedItem,
  path: string,
  sequence: number,
  openedAt: number,
): Change {
  const { id, type, content, performedBy, tags } = item;
  if (!(memberByType[type] in content)) {
    throw validation(`'${path}.content' has to be '${memberByType[type]}', because the type is '${type}'`);
  }
  const createdAt = timeOf(item.createdAt, `${path}.createdAt`, openedAt);
  return {
    kind: 'item',
    caseId,
    item: {
      ...resource(id ?? idOf(caseId, path), tags, createdAt),
      sequence,
      type,
      content,
      ...(performedBy && { performedBy }),
    },
  };
}

function timeOf(text: string | undefined, path: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!isDateTime(text)) throw validation(`'${path}' has to be an ISO 8601 date and time`);
  return Date.parse(text);
}
