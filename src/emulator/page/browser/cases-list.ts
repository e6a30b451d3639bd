import type { CaseView } from '../views';
import { at, make } from './dom';

/** Shows the cases as links, so that each has an address; `more` says how many there are besides. */
export function drawCases(cases: readonly CaseView[], chosen: string, more: number): void {
  const all = line('', make('span', 'title', 'All cases'), 'newest related items first', chosen);
  const focused = (document.activeElement as HTMLElement | null)?.dataset.id;
  at('cases').replaceChildren(all, ...cases.map((entry) => caseLine(entry, chosen)));
  if (focused !== undefined) {
    for (const link of at('cases').querySelectorAll('a')) if (link.dataset.id === focused) link.focus();
  }
  at('more').hidden = more <= 0;
  at('more').textContent = `${more} more cases`;
}

function caseLine(entry: CaseView, chosen: string): HTMLLIElement {
  const title = make('span', 'title', entry.title);
  title.append(make('span', 'count', String(entry.items)));
  const meta = [entry.status, entry.reference && `#${entry.reference}`, entry.place].filter(Boolean);
  return line(entry.id, title, meta.join(' · '), chosen);
}

function line(id: string, title: HTMLElement, meta: string, chosen: string): HTMLLIElement {
  const link = make('a');
  link.href = id ? `#case=${encodeURIComponent(id)}` : '#';
  link.dataset.id = id;
  if (chosen === id) link.setAttribute('aria-current', 'page');
  link.append(title, make('span', 'meta', meta));
  const item = make('li');
  item.append(link);
  return item;
}
