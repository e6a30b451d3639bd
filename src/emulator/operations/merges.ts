/** Merging two cases, from the documents alone. */
import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import { conflict, notFound, validation } from '../model/errors';
import type { Change } from '../state/change';
import type { Caller, Case, Merge } from '../state/state';
import { caseChange } from './case-fields';
import { newItem } from './related-items';
import { findCase, findDomain, nextSequence, type World } from './world';

/** How long a merge takes here, in milliseconds. */
const mergeMs = 2000;

interface StartMergeCases {
  readonly domainId: string;
  readonly caseId: string;
  readonly secondaryCaseIds: readonly string[];
  readonly fieldsConfiguration?: readonly {
    readonly sourceCaseId: string;
    readonly fieldIds: readonly { readonly id: string }[];
  }[];
  readonly relatedItemsConfiguration?: Readonly<Record<string, boolean>>;
}

const typeByMember: Readonly<Record<string, RelatedItemType>> = {
  comment: 'Comment',
  connectCase: 'ConnectCase',
  contact: 'Contact',
  custom: 'Custom',
};

export function startMergeCases(world: World, request: StartMergeCases): object {
  const primary = findCase(world, request.domainId, request.caseId);
  const secondary = findCase(world, request.domainId, request.secondaryCaseIds[0]);
  requireMergeable(world, primary, secondary);
  const fieldIds = (request.fieldsConfiguration ?? []).flatMap(({ sourceCaseId, fieldIds: ids }) => {
    if (sourceCaseId !== secondary.id) throw validation('The source of fields has to be the secondary case');
    return ids.map(({ id }) => requireMergeableField(world, secondary, id));
  });
  const chosen = Object.entries(request.relatedItemsConfiguration ?? {}).filter(([, isChosen]) => isChosen);
  const merge: Merge = {
    domainId: primary.domainId,
    primaryCaseId: primary.id,
    secondaryCaseId: secondary.id,
    endsAt: world.now() + mergeMs,
    isDone: false,
    fieldIds,
    itemTypes: chosen.flatMap(([member]) => typeByMember[member] ?? []),
  };
  world.commit({ kind: 'merge', merge });
  return statusOf(merge);
}

function requireMergeable({ state }: World, primary: Case, secondary: Case): void {
  if (primary === secondary) throw validation('A case cannot be merged into itself');
  for (const { id, fields } of [primary, secondary]) {
    if (fields.status?.stringValue === 'closed') throw validation(`Case '${id}' is closed`);
  }
  const customers = [primary, secondary].flatMap(({ fields }) => fields.customer_id?.stringValue ?? []);
  if (new Set(customers).size > 1) throw validation('The cases have different customers');
  for (const { isDone, primaryCaseId, secondaryCaseId } of state.merges.values()) {
    if (isDone && secondaryCaseId === secondary.id)
      throw validation(`Case '${secondary.id}' was merged before`);
    const involved = [primaryCaseId, secondaryCaseId];
    if (!isDone && (involved.includes(primary.id) || involved.includes(secondary.id))) {
      throw conflict('One of the cases is being merged');
    }
  }
}

function requireMergeableField(world: World, secondary: Case, id: string): string {
  const field = findDomain(world, secondary.domainId).fields.get(id);
  if (!field || field.readOnly || id === 'status') throw validation(`Field '${id}' can't be merged`);
  if (!secondary.fields[id]) throw validation(`The secondary case has no field '${id}'`);
  return id;
}

const statusOf = ({ primaryCaseId, secondaryCaseId, isDone }: Merge) => ({
  primaryCaseId,
  secondaryCaseIds: [secondaryCaseId],
  status: isDone ? 'COMPLETED' : 'IN_PROGRESS',
});

export function getMergeCasesStatus(world: World, request: { domainId: string; caseId: string }): object {
  const { id } = findCase(world, request.domainId, request.caseId);
  const found =
    world.state.merges.get(id) ??
    [...world.state.merges.values()].find(({ primaryCaseId, isDone }) => primaryCaseId === id && !isDone);
  if (!found) throw notFound('Case', id);
  return statusOf(found);
}

/** Ends the merges whose time is over. */
export function endMerges(world: World, caller: Caller): void {
  for (const merge of world.state.merges.values()) {
    if (merge.isDone || merge.endsAt > world.now()) continue;
    world.commit({ kind: 'all', changes: [...ending(world, merge, caller)] });
  }
}

function* ending(world: World, merge: Merge, caller: Caller): Generator<Change> {
  const { state } = world;
  const primary = state.cases.get(merge.primaryCaseId) as Case;
  const secondary = state.cases.get(merge.secondaryCaseId) as Case;
  const values = Object.fromEntries(
    merge.fieldIds.map((id) => [id, secondary.fields[id] ?? { emptyValue: {} }]),
  );
  yield caseChange(world, primary, values, undefined, caller);
  for (const item of secondary.items) {
    if (!merge.itemTypes.includes(item.type)) continue;
    const moved = { caseId: secondary.id, itemId: item.id };
    if (!isThere(primary, item)) yield { kind: 'item-moved', toCaseId: primary.id, ...moved };
  }
  const link = { type: 'ConnectCase', content: { connectCase: { caseId: secondary.id } } } as const;
  const item = newItem(world, primary, link, caller, nextSequence(world));
  yield { kind: 'item', caseId: primary.id, item };
  yield caseChange(world, secondary, { status: { stringValue: 'closed' } }, undefined, caller);
  yield { kind: 'merge', merge: { ...merge, isDone: true } };
}

/** Whether the primary case has the same contact or the same link. */
function isThere({ items }: Case, { content }: Case['items'][number]): boolean {
  const { contactArn } = content.contact ?? {};
  const { caseId } = content.connectCase ?? {};
  return items.some(
    (other) =>
      (contactArn !== undefined && other.content.contact?.contactArn === contactArn) ||
      (caseId !== undefined && other.content.connectCase?.caseId === caseId),
  );
}
