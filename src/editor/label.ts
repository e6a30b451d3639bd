import { truncated } from '../model/text';
import { fieldsOf } from './definitions';
import { fromMinutes } from './values/duration';

/** What a node does, in its own words: `add SLA: First response, 1 h`. */
export function label(node: EditorNode): string {
  if (node.name) return String(node.name);
  const details = Object.entries(fieldsOf(node.type)).flatMap(([name, field]) => {
    const type = node[`${name}Type`];
    const text = String(node[name] ?? '');
    if (field.kind !== 'value' || !field.inLabel || text === '' || (type !== 'str' && type !== 'num'))
      return [];
    return [field.hint === 'duration' ? fromMinutes(text) : shorten(text)];
  });
  const action = node._('label');
  return details.length === 0 ? action : `${action}: ${details.join(', ')}`;
}

const shorten = (text: string): string => truncated(text.replace(/\s+/g, ' ').trim(), 30);
