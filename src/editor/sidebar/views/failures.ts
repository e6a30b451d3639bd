import type { ErrorWords } from '../../../definition/overview/figures';
import type { FailureEntry } from '../../../definition/overview/lists';
import { make } from '../element';
import { mayChange } from '../requests';
import type { State } from '../state';
import { number, text, time } from '../text';
import { button, errorView, listView, nodeLink, redactButton } from './controls';

/** What failed, latest first. */
export function failuresView(state: State): HTMLElement {
  const { failures, overview, nodeId } = state;
  const { entries = [] } = failures.page ?? {};
  return listView('failures', text('failures.title', { count: number(overview?.failures ?? 0) }), failures, {
    rows: entries.map(entryView),
    none: text('failures.none'),
    all: mayChange()
      ? [
          nodeId === undefined && button('again', text('button.allAgain')),
          nodeId === undefined && button('forget', text('button.dropAll')),
          redactButton(state),
        ]
      : [],
  });
}

/** What to do with a message that failed. */
const adviceOn = ({ code, created }: ErrorWords): string[] => [
  ...(created === 'unknown' ? [text('advice.inDoubt')] : []),
  text(`advice.${code}`),
];

function entryView(entry: FailureEntry): HTMLElement {
  const { id, at, nodeId, nodeType, nodeName, operation, caseId, title, error, outcome, preview, again } =
    entry;
  const words = error
    ? errorView(error, ...adviceOn(error))
    : make('p', {}, text('failures.noNode', { outcome: outcome ?? '' }));
  return make(
    'li',
    { key: id },
    make('div', {}, `${time(at)} `, nodeLink(nodeId, nodeName || nodeType)),
    make('strong', { title: caseId }, title ?? caseId ?? operation),
    words,
    make('div', { class: 'connect-cases-text' }, preview),
    make(
      'div',
      { class: 'connect-cases-buttons' },
      mayChange() &&
        again !== 'no' &&
        button('again', text('button.again'), { id, doubt: again === 'ask' ? '1' : undefined }),
      button('copy', text('button.copy'), { id }),
      mayChange() && button('forget', text('button.drop'), { id }),
    ),
  );
}
