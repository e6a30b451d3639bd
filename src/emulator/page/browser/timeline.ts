import type { CaseView, Fact, ItemView } from '../views';
import { at, make } from './dom';
import { ago, until } from './times';

const names: Readonly<Record<string, string>> = {
  Comment: 'Comment',
  Contact: 'Contact',
  File: 'File',
  Sla: 'SLA',
  ConnectCase: 'Linked case',
  Custom: 'Custom item',
};
const slaStates: Readonly<Record<string, string>> = { Met: 'met', NotMet: 'met too late' };

/** Shows `items`, newest first; `parentOf` names their case where those of all cases are shown. */
export function drawTimeline(
  items: readonly ItemView[],
  parentOf: (item: ItemView) => CaseView | undefined,
  fresh: ReadonlySet<string>,
): void {
  at('timeline').replaceChildren(...items.map((item) => card(item, parentOf(item), fresh.has(item.id))));
  tick();
}

function card(item: ItemView, parent: CaseView | undefined, fresh: boolean): HTMLLIElement {
  const line = make('li', fresh ? 'fresh' : '');
  line.dataset.id = item.id;
  line.title = `relatedItemId ${item.id}`;
  line.style.setProperty('--type', `var(--${item.type})`);
  line.append(icon(item.type), headOf(item, parent));
  if (item.text) line.append(make('p', 'text', item.text));
  if (item.sla) line.append(dueOf(item.sla));
  if (item.facts.length > 0) line.append(factsOf(item.facts));
  return line;
}

function dueOf({ status, dueAt }: NonNullable<ItemView['sla']>): HTMLElement {
  const due = make('p', 'due', slaStates[status]);
  if (slaStates[status] === undefined) due.dataset.due = String(dueAt);
  return due;
}

/** A list of labels and values. */
export function factsOf(facts: readonly Fact[]): HTMLDListElement {
  const list = make('dl');
  for (const [label, value] of facts) list.append(make('dt', '', label), make('dd', '', value));
  return list;
}

function icon(type: string): HTMLElement {
  const badge = make('span', 'badge');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${type}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  badge.append(svg);
  return badge;
}

function headOf(item: ItemView, parent: CaseView | undefined): HTMLElement {
  const row = make('div', 'row');
  row.append(make('span', 'kind', names[item.type] ?? item.type));
  if (parent) row.append(make('span', '', parent.title));
  if (item.by) row.append(make('span', '', `by ${item.by}`));
  const time = make('time', '', ago(item.at));
  time.dateTime = new Date(item.at).toISOString();
  time.title = time.dateTime;
  row.append(time);
  return row;
}

/** Brings all times on the page up to now. */
export function tick(): void {
  for (const time of document.querySelectorAll('time')) time.textContent = ago(Date.parse(time.dateTime));
  for (const due of document.querySelectorAll<HTMLElement>('[data-due]')) {
    const dueAt = Number(due.dataset.due);
    due.textContent = until(dueAt);
    due.classList.toggle('over', dueAt < Date.now());
  }
}
