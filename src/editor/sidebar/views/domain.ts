import { type DomainFigures, type DomainState, isClosed } from '../../../definition/overview/figures';
import { make } from '../element';
import { mayChange } from '../requests';
import { runtimeNow, type State } from '../state';
import { duration, number, sharedText, text, time } from '../text';
import { chart, trend } from './chart';
import { button, errorView } from './controls';
import { waitingView } from './waiting';

/** Signs of the states, so that none is told by its colour alone. */
const icons: Readonly<Record<DomainState, string>> = {
  notConfigured: 'fa-wrench',
  stopped: 'fa-stop',
  paused: 'fa-pause',
  offline: 'fa-plug',
  failing: 'fa-exclamation-triangle',
  refused: 'fa-lock',
  busy: 'fa-exchange',
  idle: 'fa-check',
};
const troubles: readonly DomainState[] = ['notConfigured', 'offline', 'failing', 'refused'];
/** Those in which nothing has to be done. */
const passing: readonly DomainState[] = ['offline', 'failing'];

/** All about one domain. */
export function domainView(state: State, figures: DomainFigures): HTMLElement {
  const { id, name } = figures;
  return make(
    'section',
    { key: id, class: 'connect-cases-domain' },
    make('h2', {}, button('reveal', name || id, { id }, 'connect-cases-link')),
    stateView(figures),
    ...(state.nodeId === undefined ? figuresView(state, figures) : []),
    waitingView(state, figures),
  );
}

/** What is of all nodes of a domain together. */
function figuresView(state: State, figures: DomainFigures): (HTMLElement | false)[] {
  const now = runtimeNow(state);
  return [
    tiles(figures, now),
    chart(figures, now),
    trend(figures),
    ...figures.paces.map((pace) =>
      make(
        'div',
        { class: 'connect-cases-small' },
        text(pace.auto ? 'pace.found' : 'pace.set', {
          operation: pace.operation,
          used: number(pace.used, 1),
          found: number(pace.found, 1),
        }),
      ),
    ),
    buttons(figures),
    make('div', { key: 'report', 'data-foreign': true, class: 'connect-cases-report', role: 'status' }),
  ];
}

function stateView(figures: DomainFigures): HTMLElement {
  const { state, since, problem, store, waiting } = figures;
  const words = text(`state.${state}`, { time: since === undefined ? '' : time(since) });
  return make(
    'div',
    { class: 'connect-cases-state' },
    make(
      'strong',
      { class: troubles.includes(state) && 'connect-cases-trouble' },
      make('i', { class: `fa ${icons[state]}`, 'aria-hidden': 'true' }),
      ` ${words}`,
    ),
    problem && errorView(problem, passing.includes(state) ? '' : text(`advice.${problem.code}`)),
    (waiting > 0 || !isClosed(state)) &&
      make('div', { class: 'connect-cases-small' }, text(`store.${store}`)),
  );
}

function tiles(figures: DomainFigures, now: number): HTMLElement {
  const { oldestAt } = figures;
  const counts = (['waiting', 'inFlight', 'verifying', 'done', 'failed'] as const).map((name) => {
    const trouble = name === 'failed' && figures.failed > 0;
    return tile(name, number(figures[name]), trouble);
  });
  const oldest = oldestAt === undefined ? '–' : duration(now - oldestAt);
  return make('dl', { class: 'connect-cases-tiles' }, ...counts, tile('oldest', oldest, false));
}

const tile = (name: string, value: string, trouble: boolean): HTMLElement =>
  make(
    'div',
    { class: trouble && 'connect-cases-trouble', 'data-figure': name },
    make('dt', {}, text(`figure.${name}`)),
    make('dd', {}, value),
  );

function buttons({ id, state }: DomainFigures): HTMLElement {
  const turn = state === 'paused' ? 'resume' : 'pause';
  return make(
    'div',
    { key: 'buttons', class: 'connect-cases-buttons' },
    mayChange() && state !== 'stopped' && button(turn, text(`button.${turn}`), { id }),
    RED.nodes.node(id) !== null && button('test', sharedText('test.button'), { id }),
  );
}
