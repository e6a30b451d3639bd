import type { Behaviour } from '../../api';
import type { RequestView } from '../views';
import { at, button, make } from './dom';

/** What can go wrong at a click, and the fault that it is. Of those that last, one goes wrong at a time. */
const switches: readonly { readonly label: string; readonly fault: string; readonly lasts?: true }[] = [
  { label: 'Lose the next answer', fault: '*=lost*1' },
  { label: 'Lose 20 %', fault: '*=lost:0.2', lasts: true },
  { label: 'Throttle', fault: '*=429', lasts: true },
  { label: 'Fail with 500', fault: '*=500', lasts: true },
  { label: 'Searches 5 s behind', fault: 'lag:5' },
];

const isLasting = (fault: string): boolean => switches.some((known) => known.fault === fault && known.lasts);

/** Shows how the service behaves. */
export function drawSwitches({ faults, deny, offline }: Behaviour): void {
  const buttons = switches.map(({ label, fault, lasts }) => {
    const on = faults.includes(fault);
    const others = faults.filter((other) => other !== fault && !(lasts && isLasting(other)));
    return toggle(label, on, { faults: on ? others : [...others, fault] });
  });
  buttons.push(toggle('Offline', offline, { offline: !offline }));
  const focused = (document.activeElement as HTMLElement | null)?.dataset.label;
  at('switches').replaceChildren(...buttons);
  buttons.find(({ dataset }) => dataset.label === focused)?.focus();
  const others = faults.filter((fault) => !switches.some((known) => known.fault === fault));
  at('others').textContent = [...others, ...deny.map((action) => `denied: ${action}`)].join(', ');
}

function toggle(label: string, on: boolean, change: Partial<Behaviour>): HTMLButtonElement {
  const made = button('switch', label);
  made.dataset.label = label;
  made.setAttribute('aria-pressed', String(on));
  made.addEventListener('click', () => void ask('PATCH', 'behaviour', change));
  return made;
}

/** Asks the service to do something; what it refuses is shown. */
export async function ask(method: string, name: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`_local/${name}`, { method, body: JSON.stringify(body) });
  const answer = (await response.json()) as Record<string, unknown>;
  at('message').textContent = response.ok ? '' : String(answer.message);
  return answer;
}

const mostRequests = 30;

/** Adds requests, which come oldest first, above those that are there. */
export function drawRequests(requests: readonly RequestView[], anew: boolean): void {
  const body = at('requests').querySelector('tbody');
  if (!body) return;
  if (anew) body.replaceChildren();
  body.prepend(...requests.toReversed().map(requestRow));
  while (body.children.length > mostRequests) body.lastElementChild?.remove();
}

function requestRow({ at: time, operation, status, error, milliseconds }: RequestView): HTMLTableRowElement {
  const row = make('tr', status !== undefined && status < 400 ? '' : 'failed');
  const outcome = status === undefined ? 'dropped' : String(status);
  row.append(
    make('td', 'when', new Date(time).toLocaleTimeString([], { hour12: false })),
    make('td', '', operation),
    make('td', '', error === undefined ? outcome : `${outcome} ${error.replace('Exception', '')}`),
    make('td', 'took', `${milliseconds} ms`),
  );
  return row;
}
