/**
 * What the page runs. Everything from the service is set as text, never as markup; the lists are cut to what a
 * person can look through.
 */
export const script = `
'use strict';
const names = { Comment: 'Comment', Contact: 'Contact', File: 'File', Sla: 'SLA', ConnectCase: 'Linked case', Custom: 'Custom item' };
const mostItems = 200;
const cases = new Map();
let items = [];
let totalCases = 0;
let chosen = '';
const at = (id) => document.getElementById(id);

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function ago(time) {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  if (seconds < 5) return 'now';
  if (seconds < 60) return seconds + ' s ago';
  if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
  return new Date(time).toLocaleString();
}

function until(time) {
  const minutes = Math.round(Math.abs(time - Date.now()) / 60000);
  const span = minutes < 120 ? minutes + ' min' : minutes < 2880 ? Math.round(minutes / 60) + ' h' : Math.round(minutes / 1440) + ' days';
  return time < Date.now() ? 'overdue by ' + span : 'due in ' + span;
}

function caseButton(entry) {
  const button = make('button');
  button.type = 'button';
  button.dataset.id = entry.id;
  button.setAttribute('aria-current', String(chosen === entry.id));
  const title = make('span', 'title', entry.title);
  title.append(make('span', 'count', String(entry.items)));
  const meta = [entry.status, entry.reference && '#' + entry.reference].filter(Boolean).join(' · ');
  button.append(title, make('span', 'meta', meta));
  const line = make('li');
  line.append(button);
  return line;
}

function icon(type) {
  const badge = make('span', 'badge');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#icon-' + type);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  badge.append(svg);
  return badge;
}

function card(item, fresh) {
  const line = make('li', fresh ? 'fresh' : '');
  line.dataset.id = item.id;
  line.style.setProperty('--type', 'var(--' + item.type + ')');
  const row = make('div', 'row');
  row.append(make('span', 'kind', names[item.type] || item.type));
  if (!chosen && cases.has(item.caseId)) row.append(make('span', '', cases.get(item.caseId).title));
  if (item.by) row.append(make('span', '', 'by ' + item.by));
  const time = make('time', '', ago(item.at));
  time.dateTime = new Date(item.at).toISOString();
  time.title = time.dateTime;
  row.append(time);
  line.append(icon(item.type), row);
  if (item.text) line.append(make('p', 'text', item.text));
  if (item.dueAt !== undefined) {
    const due = make('p', 'due');
    due.dataset.due = item.dueAt;
    line.append(due);
  }
  if (item.facts.length) {
    const list = make('dl');
    for (const [label, value] of item.facts) list.append(make('dt', '', label), make('dd', '', value));
    line.append(list);
  }
  return line;
}

function drawCases() {
  const all = make('button', '');
  all.type = 'button';
  all.dataset.id = '';
  all.setAttribute('aria-current', String(!chosen));
  all.append(make('span', 'title', 'All cases'), make('span', 'meta', 'newest related items first'));
  const first = make('li');
  first.append(all);
  const sorted = [...cases.values()].sort((a, b) => b.activeAt - a.activeAt).slice(0, 100);
  const focused = document.activeElement && document.activeElement.dataset.id;
  at('cases').replaceChildren(first, ...sorted.map(caseButton));
  if (focused !== undefined) at('cases').querySelectorAll('button').forEach((b) => b.dataset.id === focused && b.focus());
  at('more').textContent = totalCases > sorted.length ? 'and ' + (totalCases - sorted.length) + ' more cases' : '';
}

function drawTimeline(fresh) {
  const entry = cases.get(chosen);
  at('heading').textContent = entry ? entry.title : 'All cases';
  at('about').textContent = entry ? 'caseId ' + entry.id : totalCases + ' cases';
  const shown = items.filter((item) => !chosen || item.caseId === chosen);
  at('timeline').replaceChildren(...shown.map((item) => card(item, fresh.has(item.id))));
  tick();
}

function tick() {
  document.querySelectorAll('time').forEach((time) => { time.textContent = ago(Date.parse(time.dateTime)); });
  document.querySelectorAll('[data-due]').forEach((due) => {
    due.textContent = until(Number(due.dataset.due));
    due.classList.toggle('over', Number(due.dataset.due) < Date.now());
  });
}

function receive(data, fresh) {
  totalCases = data.totalCases;
  for (const entry of data.cases) cases.set(entry.id, entry);
  const gone = new Set(data.deleted);
  items = [...fresh, ...items].filter((item) => !gone.has(item.id)).slice(0, mostItems);
  drawCases();
  drawTimeline(new Set(fresh.map((item) => item.id)));
}

at('cases').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  chosen = button.dataset.id;
  drawCases();
  drawTimeline(new Set());
});

const events = new EventSource('events');
events.addEventListener('snapshot', (event) => {
  const data = JSON.parse(event.data);
  cases.clear();
  items = data.items;
  at('domain').textContent = 'domain ' + data.domain;
  receive(data, []);
});
events.addEventListener('changes', (event) => {
  const data = JSON.parse(event.data);
  receive(data, data.items.reverse());
});
function showLive(text, on) {
  at('live').textContent = text;
  at('live').classList.toggle('on', on);
}
events.onopen = () => showLive('live', true);
events.onerror = () => showLive('connection lost', false);
setInterval(tick, 5000);
`;
