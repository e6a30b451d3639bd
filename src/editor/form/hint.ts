import { isLoopbackUrl } from '../../common/loopback';
import type { TextField, ValueField } from '../../definition/field';
import { CommentBody } from '../../model/limits';
import { codePoints } from '../../model/text';
import { currentLanguage } from '../language';
import { holds, isEnvironment } from './form';

/** Puts a line below an input, for eyes and for screen readers: a hint, or the reason why it is marked. */
export function tell(input: JQuery, text: string, kind: 'hint' | 'reason' = 'hint'): void {
  const id = `${input.attr('id')}-${kind}`;
  const row = input.closest('.form-row');
  let line = row.find(`[id="${id}"]`);
  if (line.length === 0) {
    if (text === '') return;
    line = $(`<div class="connect-cases-${kind}" aria-live="polite">`).attr('id', id).appendTo(row);
  }
  if (line.text() !== text) line.text(text);
}

/** What is worth knowing about a typed-in value while it is typed. */
export function hintFor(
  node: EditorNode,
  { hint, hintWhen }: TextField | ValueField,
  type: string,
  text: string,
): string {
  if (!hint || text === '' || isEnvironment(text) || (hintWhen && !holds(node, hintWhen))) return '';
  if (hint === 'duration') return type === 'num' ? duration(Number(text)) : '';
  if (type !== 'str') return '';
  if (hint === 'plainHttp') {
    return /^http:/i.test(text.trim()) && !isLoopbackUrl(text) ? node._('hint.plainHttp') : '';
  }
  if (hint === 'characters') {
    const max = CommentBody.max ?? 0;
    return node._('hint.characters', { got: codePoints(text).toLocaleString(), max: max.toLocaleString() });
  }
  const resource = hint.slice('arn:'.length);
  const looksRight = text.startsWith('arn:') && text.includes(resource);
  return looksRight
    ? ''
    : node._('hint.arn', { example: `arn:aws:connect:eu-central-1:123456789012:instance/…/${resource}…` });
}

/** Minutes as days, hours and minutes in the editor's language: 1680 is `1 day 4 hours`. Empty for what is no duration. */
export function duration(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 1) return '';
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) =>
      new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(amount),
    )
    .join(' ');
}
