/**
 * The script of the local service's page. Everything from the service is set as text, never as markup; the lists are
 * cut to what a person can look through.
 */
import type { CaseDetails, CaseView, Changes, ItemView, Snapshot } from '../views';
import { drawCases } from './cases-list';
import { at, drawUnpressed } from './dom';
import { ask, drawRequests, drawSwitches } from './switches';
import { drawTimeline, factsOf, tick } from './timeline';

const mostItems = 200;
const pageOfCases = 100;

const cases = new Map<string, CaseView>();
let items: readonly ItemView[] = [];
let totalCases = 0;
let foundCases = 0;
let shownCases = pageOfCases;
let chosen = '';
let events: EventSource | undefined;

const search = at('search') as HTMLInputElement;

function draw(fresh: ReadonlySet<string> = new Set()): void {
  const sorted = [...cases.values()].sort((a, b) => b.activeAt - a.activeAt).slice(0, shownCases);
  drawCases(sorted, chosen, (search.value ? foundCases : totalCases) - sorted.length);
  const entry = cases.get(chosen);
  at('heading').textContent = entry?.title ?? (chosen ? chosen : 'All cases');
  at('about').textContent = entry ? `caseId ${entry.id}` : `${totalCases} cases`;
  drawTimeline(items, (item) => (chosen ? undefined : cases.get(item.caseId)), fresh);
}

function drawDetails(details: CaseDetails | undefined): void {
  const facts = details
    ? [
        ['Template', details.template] as const,
        ...details.fields,
        ...details.tags.map(([key, value]) => [`tag ${key}`, value] as const),
      ]
    : [];
  at('details').replaceChildren(...factsOf(facts).children);
}

function begin(snapshot: Snapshot): void {
  cases.clear();
  for (const entry of snapshot.cases) cases.set(entry.id, entry);
  ({ items, totalCases, foundCases } = snapshot);
  at('domain').textContent = `domain ${snapshot.domain}`;
  draw();
  drawDetails(snapshot.details);
  drawSwitches(snapshot.behaviour);
  drawRequests(snapshot.requests, true);
}

function receive(changes: Changes): void {
  ({ totalCases } = changes);
  for (const entry of changes.cases) cases.set(entry.id, entry);
  for (const id of changes.deleted) cases.delete(id);
  const sent = new Map(changes.items.map((item) => [item.id, item]));
  const gone = new Set(changes.deleted);
  const kept = items.filter(({ id, caseId }) => !gone.has(id) && !gone.has(caseId));
  const known = new Set(kept.map(({ id }) => id));
  const fresh = changes.items.toReversed().filter(({ id }) => !known.has(id));
  items = [...fresh, ...kept.map((item) => sent.get(item.id) ?? item)].slice(0, mostItems);
  draw(new Set(fresh.map(({ id }) => id)));
  if (changes.details) drawDetails(changes.details);
  drawSwitches(changes.behaviour);
  drawRequests(changes.requests, false);
}

/** Listens for what the page is about now. */
function listen(): void {
  events?.close();
  const query = new URLSearchParams({ case: chosen, search: search.value.trim(), cases: String(shownCases) });
  events = new EventSource(`events?${query}`);
  events.addEventListener('snapshot', ({ data }: MessageEvent<string>) =>
    drawUnpressed(() => begin(JSON.parse(data))),
  );
  events.addEventListener('changes', ({ data }: MessageEvent<string>) =>
    drawUnpressed(() => receive(JSON.parse(data))),
  );
  events.onopen = () => showLive('live', true);
  events.onerror = () => showLive('connection lost', false);
}

function showLive(text: string, on: boolean): void {
  at('live').textContent = text;
  at('live').classList.toggle('on', on);
}

/** The case that the address names: each has one, to be kept and passed on. */
function follow(): void {
  chosen = new URLSearchParams(location.hash.slice(1)).get('case') ?? '';
  listen();
}

window.addEventListener('hashchange', follow);
search.addEventListener('input', () => {
  shownCases = pageOfCases;
  listen();
});
at('more').addEventListener('click', () => {
  shownCases += pageOfCases;
  listen();
});
at('open').addEventListener('submit', (event) => {
  event.preventDefault();
  const title = at('title') as HTMLInputElement;
  void ask('POST', 'case', { title: title.value }).then(({ caseId }) => {
    if (typeof caseId !== 'string') return;
    title.value = '';
    location.hash = `case=${encodeURIComponent(caseId)}`;
  });
});
at('reset').addEventListener('click', () => {
  if (confirm('Take away everything that was written, and put back what there was at first?'))
    void ask('POST', 'reset');
});
follow();
setInterval(tick, 5000);
