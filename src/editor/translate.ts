import { sharedCatalogue } from '../definition/node-type';
import { readStatus } from '../definition/status';
import { currentLanguage } from './language';

type Translate = EditorNode['_'];

/**
 * Adds to the texts of a node type those that all our nodes share, which stand in one catalogue, and the statuses:
 * Node-RED itself gives a text of a status no parameters.
 */
export function translate(own: Translate): Translate {
  const text: Translate = (key, params) => {
    const found = own(key, params);
    return found === key ? RED._(`${sharedCatalogue}:${key}`, params) : found;
  };
  return (key, params) => statusText(text, key) ?? text(key, params);
}

function statusText(text: Translate, status: string): string | undefined {
  const found = readStatus(status);
  if (!found) return undefined;
  const { time, ...params } = found.params;
  const spoken =
    time === undefined ? params : { ...params, item: text('item'), time: timeOf(Date.parse(time)) };
  return text(`status.${found.key}`, spoken);
}

/** Hours and minutes in the editor's language. */
const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
