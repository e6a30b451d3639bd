import { type DomainFigures, isClosed } from '../../../definition/overview/figures';
import type { WaitingGroup, WaitingPage } from '../../../definition/overview/lists';
import { make } from '../element';
import { mayChange } from '../requests';
import { type List, runtimeNow, type State, waitingOf } from '../state';
import { duration, number, text } from '../text';
import { button, listView, nodeLink, redactButton } from './controls';

/** Of a domain that does not run, no list can be had. */
const nothing: List<WaitingPage> = { skip: 0, askedAt: 0, page: { groups: [], total: 0 } };

/** What waits for a domain, by case, oldest first. */
export function waitingView(state: State, figures: DomainFigures): HTMLElement {
  const { id, waiting } = figures;
  const list = figures.state === 'stopped' ? nothing : waitingOf(state, id);
  const { groups = [] } = list.page ?? {};
  return listView(
    'waiting',
    text('waiting.title', { count: number(waiting) }),
    list,
    {
      rows: groups.map((group) => groupView(group, id, runtimeNow(state))),
      none: text(waiting > 0 && isClosed(figures.state) ? 'waiting.onDisk' : 'waiting.none'),
      all: mayChange()
        ? [
            state.nodeId === undefined && button('drop', text('button.dropAll'), { domain: id }),
            redactButton(state),
          ]
        : [],
    },
    { domain: id },
  );
}

function groupView(group: WaitingGroup, domain: string, now: number): HTMLElement {
  const { key, caseId, title, operation, count, first } = group;
  return make(
    'li',
    { key },
    make('strong', { title: caseId }, title ?? caseId ?? text('waiting.noCase', { operation })),
    make(
      'div',
      {},
      text('waiting.count', { count: number(count), age: duration(now - first.at) }),
      ' ',
      nodeLink(first.nodeId, ''),
    ),
    make('div', { class: 'connect-cases-text' }, first.preview),
    mayChange() &&
      make(
        'div',
        { class: 'connect-cases-buttons' },
        button('drop', text(count > 1 ? 'button.dropFirst' : 'button.drop'), { domain, message: first.id }),
        count > 1 && button('drop', text('button.dropCase'), { domain, group: key, count: String(count) }),
      ),
  );
}
