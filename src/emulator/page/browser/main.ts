/**
 * The script of the local service's page. Everything from the service is set as text, never as markup; the lists are
 * cut to what a person can look through.
 */
import type { CaseView, Changes, ItemView, Snapshot } from '../views';
import { ago, until } from './times';

const names: Readonly<Record<string, string>> = {
  Comment: 'Comment',
  Contact: 'Contact',
  File: 'File',
  Sla: 'SLA',
  ConnectCase: 'Linked case',
  Custom: 'Custom item',
};
const mostItems = 200;
const mostCases = 100;
const cases = new Map<string, CaseView>();
let items: ItemView[] = [];
let totalCases = 0;
let chosen = '';

const at = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = '', text?: string) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function choice(id: string, title: HTMLElement, meta: string): HTMLLIElement {
  const button = make('button');
  button.type = 'button';
  button.dataset.id = id;
  button.setAttribute('aria-current', String(chosen === id));
  button.append(title, make('span', 'meta', meta));
  const line = make('li');
  line.append(button);
  return line;
}

function caseChoice(entry: CaseView): HTMLLIElement {
  const title = make('span', 'title', entry.title);
  title.append(make('span', 'count', String(entry.items)));
  const meta = [entry.status, entry.reference && `#${entry.reference}`].filter(Boolean).join(' · ');
  return choice(entry.id, title, meta);
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

function card(item: ItemView, fresh: boolean): HTMLLIElement {
  const line = make('li', fresh ? 'fresh' : '');
  line.dataset.id = item.id;
  line.style.setProperty('--type', `var(--${item.type})`);
  line.append(icon(item.type), headOf(item));
  if (item.text) line.append(make('p', 'text', item.text));
  if (item.dueAt !== undefined) {
    const due = make('p', 'due');
    due.dataset.due = String(item.dueAt);
    line.append(due);
  }
  if (item.facts.length > 0) {
    const list = make('dl');
    for (const [label, value] of item.facts) list.append(make('dt', '', label), make('dd', '', value));
    line.append(list);
  }
  return line;
}

function headOf(item: ItemView): HTMLElement {
  const row = make('div', 'row');
  row.append(make('span', 'kind', names[item.type] ?? item.type));
  const parent = cases.get(item.caseId);
  if (!chosen && parent) row.append(make('span', '', parent.title));
  if (item.by) row.append(make('span', '', `by ${item.by}`));
  const time = make('time', '', ago(item.at));
  time.dateTime = new Date(item.at).toISOString();
  time.title = time.dateTime;
  row.append(time);
  return row;
}

function drawCases(): void {
  const all = choice('', make('span', 'title', 'All cases'), 'newest related items first');
  const sorted = [...cases.values()].sort((a, b) => b.activeAt - a.activeAt).slice(0, mostCases);
  const focused = (document.activeElement as HTMLElement | null)?.dataset.id;
  at('cases').replaceChildren(all, ...sorted.map(caseChoice));
  if (focused !== undefined) {
    for (const button of at('cases').querySelectorAll('button')) {
      if (button.dataset.id === focused) button.focus();
    }
  }
  const more = totalCases - sorted.length;
  at('more').textContent = more > 0 ? `and ${more} more cases` : '';
}

function drawTimeline(fresh: ReadonlySet<string>): void {
  const entry = cases.get(chosen);
  at('heading').textContent = entry?.title ?? 'All cases';
  at('about').textContent = entry ? `caseId ${entry.id}` : `${totalCases} cases`;
  const shown = items.filter((item) => !chosen || item.caseId === chosen);
  at('timeline').replaceChildren(...shown.map((item) => card(item, fresh.has(item.id))));
  tick();
}

function tick(): void {
  for (const time of document.querySelectorAll('time')) time.textContent = ago(Date.parse(time.dateTime));
  for (const due of document.querySelectorAll<HTMLElement>('[data-due]')) {
    const dueAt = Number(due.dataset.due);
    due.textContent = until(dueAt);
    due.classList.toggle('over', dueAt < Date.now());
  }
}

function receive(data: Changes, fresh: readonly ItemView[]): void {
  totalCases = data.totalCases;
  for (const entry of data.cases) cases.set(entry.id, entry);
  const gone = new Set(data.deleted);
  items = [...fresh, ...items].filter(({ id }) => !gone.has(id)).slice(0, mostItems);
  drawCases();
  drawTimeline(new Set(fresh.map(({ id }) => id)));
}

at('cases').addEventListener('click', (event) => {
  const button = (event.target as HTMLElement).closest('button');
  if (!button) return;
  chosen = button.dataset.id ?? '';
  drawCases();
  drawTimeline(new Set());
});

const events = new EventSource('events');
events.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
  const snapshot = JSON.parse(data) as Snapshot;
  cases.clear();
  items = [...snapshot.items];
  at('domain').textContent = `domain ${snapshot.domain}`;
  receive({ ...snapshot, deleted: [] }, []);
});
events.addEventListener('changes', ({ data }: MessageEvent<string>) => {
  const changes = JSON.parse(data) as Changes;
  receive(changes, changes.items.toReversed());
});
function showLive(text: string, on: boolean): void {
  at('live').textContent = text;
  at('live').classList.toggle('on', on);
}
events.onopen = () => showLive('live', true);
events.onerror = () => showLive('connection lost', false);
setInterval(tick, 5000);
