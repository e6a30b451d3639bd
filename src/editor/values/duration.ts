import { currentLanguage } from '../language';

const minutesByUnit = { d: 1440, h: 60, min: 1 } as const;

/** What people write for a unit: `4 h`, `2 days`, `30m`, and the words of the editor's language. */
const unitOf = (word: string): number | undefined => {
  const wanted = word.toLowerCase().replace(/\.$/, '');
  if (wanted === '' || wanted === 'm') return 1;
  for (const [unit, name] of [
    ['d', 'day'],
    ['h', 'hour'],
    ['min', 'minute'],
  ] as const) {
    const local = [1, 2, 5].flatMap((amount) =>
      (['narrow', 'short', 'long'] as const).map((display) => words(amount, name, display)),
    );
    if ([unit, name, `${name}s`, ...local].includes(wanted)) return minutesByUnit[unit];
  }
  return undefined;
};

const words = (amount: number, unit: string, unitDisplay: 'narrow' | 'short' | 'long') =>
  new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay })
    .formatToParts(amount)
    .filter(({ type }) => type === 'unit')
    .map(({ value }) => value.toLowerCase().replace(/\.$/, ''))
    .join('');

/** A duration as digits, in minutes: `240` for `4 h`. A text that is none stays as it is. */
export function toMinutes(text: string): string {
  const parts = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*([^\s\d.,]*\.?)/g)];
  const isWhole = text.replace(/(\d+(?:[.,]\d+)?)\s*([^\s\d.,]*\.?)/g, '').trim() === '';
  if (parts.length === 0 || !isWhole) return text;
  const minutes = parts.map(
    ([, amount = '', word = '']) => Number(amount.replace(',', '.')) * (unitOf(word) ?? Number.NaN),
  );
  const sum = minutes.reduce((total, next) => total + next);
  return Number.isNaN(sum) ? text : String(Math.round(sum * 1e6) / 1e6);
}

/** Minutes as people write them: `4 h` for `240`. A text that is no number of minutes stays as it is. */
export function fromMinutes(text: string): string {
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 1) return text;
  return split(minutes)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** Minutes as days, hours and minutes in the editor's language: 1680 is `1 day 4 hours`. Empty for what is no duration. */
export function duration(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 1) return '';
  const names = { d: 'day', h: 'hour', min: 'minute' } as const;
  return split(minutes)
    .map(([amount, unit]) =>
      new Intl.NumberFormat(currentLanguage(), {
        style: 'unit',
        unit: names[unit],
        unitDisplay: 'long',
      }).format(amount),
    )
    .join(' ');
}

const split = (minutes: number) =>
  (
    [
      [Math.floor(minutes / 1440), 'd'],
      [Math.floor((minutes % 1440) / 60), 'h'],
      [minutes % 60, 'min'],
    ] as const
  ).filter(([amount]) => amount > 0);
