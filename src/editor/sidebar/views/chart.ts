import type { DomainFigures, OperationPace } from '../../../definition/overview/figures';
import { make, makeSvg } from '../element';
import { duration, minutesAgo, now as nowWord, number, text } from '../text';

const minutes = 10;
/** Units of the picture's height. */
const height = 40;

/** The last ten minutes: above what was sent and refused, beside the pace that was found; below what waited. */
export function chart({ samples, paces, waiting }: DomainFigures, now: number): HTMLElement {
  const { stepSeconds, until } = samples;
  const steps = (minutes * 60) / stepSeconds;
  const passed = Math.max(0, Math.floor((now - until) / (stepSeconds * 1000)));
  const start = steps - samples.sent.length - passed;
  const perSecond = (counts: readonly number[]) => counts.map((count) => count / stepSeconds);
  const sent = perSecond(samples.sent);
  const [pace] = paces;
  const top = ceiling(Math.max(...sent, pace?.found ?? 0));
  const most = ceiling(Math.max(...samples.waiting, waiting));
  const label = text('chart.label', {
    sent: number(sum(samples.sent)),
    refused: number(sum(samples.refused)),
    waiting: number(waiting),
  });
  return make(
    'figure',
    { class: 'connect-cases-chart', role: 'img', 'aria-label': label },
    legend(
      ['sent', text('chart.sent')],
      ['refused', text('chart.refused')],
      pace && ['pace', paceName(pace)],
    ),
    panel(
      steps,
      text('chart.perSecond', { count: number(top, 1) }),
      makeSvg('path', { class: 'connect-cases-sent', d: bars(sent, start, top) }),
      makeSvg('path', { class: 'connect-cases-refused', d: bars(perSecond(samples.refused), start, top) }),
      ...(pace ? [makeSvg('path', { class: 'connect-cases-pace', d: line(pace.found, steps, top) })] : []),
    ),
    legend(['waiting', text('chart.waiting')]),
    panel(
      steps,
      number(most),
      makeSvg('path', { class: 'connect-cases-waiting', d: area(samples.waiting, start, most) }),
    ),
    make(
      'div',
      { class: 'connect-cases-axis' },
      ...[minutesAgo(minutes), minutesAgo(minutes / 2), nowWord()].map((word) => make('span', {}, word)),
    ),
  );
}

/** Whether more and more waits, or when nothing does any more. */
export function trend({ waiting, samples }: DomainFigures): HTMLElement | false {
  const aMinuteAgo = samples.waiting.at(-1 - 60 / samples.stepSeconds) ?? 0;
  const fewer = aMinuteAgo - waiting;
  if (waiting === 0 || fewer === 0) return false;
  return make(
    'div',
    { class: 'connect-cases-small' },
    fewer > 0
      ? text('chart.falls', { time: duration((waiting / fewer) * 60_000) })
      : text('chart.grows', { count: number(-fewer) }),
  );
}

const paceName = ({ operation }: OperationPace): string => text('chart.pace', { operation });

const legend = (...entries: readonly (readonly [kind: string, label: string] | undefined)[]): HTMLElement =>
  make(
    'div',
    { class: 'connect-cases-legend' },
    ...entries.map((entry) => entry && make('span', { class: `connect-cases-key-${entry[0]}` }, entry[1])),
  );

/** A picture that is as wide as there is room, with what its upper edge stands for. */
const panel = (steps: number, top: string, ...shapes: readonly SVGElement[]): HTMLElement =>
  make(
    'div',
    { class: 'connect-cases-panel' },
    make('span', {}, top),
    makeSvg('svg', { viewBox: `0 0 ${steps} ${height}`, preserveAspectRatio: 'none' }, ...shapes),
  );

const y = (value: number, top: number): string => (height * (1 - value / top)).toFixed(1);

const bars = (values: readonly number[], start: number, top: number): string =>
  values
    .map((value, index) => (value > 0 ? `M${start + index} ${height}V${y(value, top)}h.9V${height}` : ''))
    .join('');

const area = (values: readonly number[], start: number, top: number): string =>
  values.length === 0
    ? ''
    : `M${start} ${height}${values.map((value) => `V${y(value, top)}h1`).join('')}V${height}`;

const line = (value: number, steps: number, top: number): string => `M0 ${y(value, top)}H${steps}`;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The next number above that reads well: 1, 2 or 5 with noughts. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((round) => round >= value) ?? 10 * power;
}
