import { isLoopbackUrl } from '../../common/hosts';
import type { TextField, ValueField } from '../../definition/field';
import { CommentBody } from '../../model/limits';
import { codePoints } from '../../model/text';
import { currentLanguage } from '../language';
import { cityOf } from '../picking/regions';
import { duration } from '../values/duration';
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
  if (hint === 'region') return cityOf(text.trim());
  if (hint === 'replaces') return node._('hint.replaces', { property: text.trim() });
  if (hint === 'plainHttp') {
    return /^http:/i.test(text.trim()) && !isLoopbackUrl(text) ? node._('hint.plainHttp') : '';
  }
  if (hint === 'characters') {
    const max = CommentBody.max ?? 0;
    return node._('hint.characters', { got: grouped(codePoints(text)), max: grouped(max) });
  }
  const resource = hint.slice('arn:'.length);
  const looksRight = text.startsWith('arn:') && text.includes(resource);
  const [service, owner] = resource === 'profiles/' ? ['profile', 'domains'] : ['connect', 'instance'];
  return looksRight
    ? ''
    : node._('hint.arn', { example: `arn:aws:${service}:eu-central-1:123456789012:${owner}/…/${resource}…` });
}

/** A number as the editor's language groups its digits. */
const grouped = (number: number): string => number.toLocaleString(currentLanguage());
