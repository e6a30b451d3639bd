import { name } from '../../../package.json';
import { sharedCatalogue } from '../../definition/node-type';
import type { ErrorWords } from '../../definition/overview/figures';
import type { Problem } from '../../model/schema';
import { currentLanguage } from '../language';
import { reasonText } from '../reason-text';

type Params = Record<string, string | number>;

/** A text of the sidebar's catalogue. */
export const text = (key: string, params?: Params): string => RED._(textKey(key), params);

/** Name of a text among all that the editor has. */
export const textKey = (key: string): string => `${name}/sidebar:${key}`;

/** A text that all our nodes share. */
export const sharedText = (key: string, params?: Params): string =>
  RED._(`${sharedCatalogue}:${key}`, params);

/** What is wrong, in the words that nodes have below them. */
export const codeWords = (code: string): string => sharedText(`status.${code}`);

/** What is wrong, as far as it is known why; what only the runtime or the service can say is in English. */
export function sentence({ message, reason, problem }: ErrorWords): string {
  // In English, flows hear more than a form says.
  if (currentLanguage()?.startsWith('en')) return message;
  return reason ? reasonText(reason) : problem ? problemText(problem) : message;
}

const problemText = ({ path, rule, params }: Problem): string =>
  sharedText(`problem.${rule}`, {
    ...params,
    path: path || sharedText('problem.value'),
    expected: sharedText(`kind.${params.expected}`),
  });

/** A number as the editor's language writes it, with `digits` behind the point at most. */
export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(value);

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long something takes or took, in its largest unit. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ['second', 1];
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.floor(seconds / size),
  );
}

/** A time of today by its hour, minute and second, any other with its date. Milliseconds since 1970. */
export function time(at: number): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(currentLanguage(), {
    ...(!today && { dateStyle: 'short' }),
    timeStyle: 'medium',
  }).format(date);
}

/** Minutes before now, as on an axis of time. */
export const minutesAgo = (minutes: number): string =>
  new Intl.RelativeTimeFormat(currentLanguage(), { style: 'narrow' }).format(-minutes, 'minute');

export const now = (): string =>
  new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(0, 'second');
