import { readStatus } from '../definition/status';
import { currentLanguage } from './language';

/** Lets the editor say the statuses of our nodes in its own language: Node-RED itself gives a text no parameters. */
export function translateStatuses(): void {
  RED.events.on('registry:node-type-added', (type: string) => {
    const definition = RED.nodes.getType(type);
    if (!type.startsWith('connect-cases-') || !definition) return;
    const translate = definition._;
    definition._ = (key, params) => statusText(translate, key) ?? translate(key, params);
  });
}

type Translate = EditorNode['_'];

function statusText(translate: Translate, text: string): string | undefined {
  const { key, params } = readStatus(text) ?? {};
  if (!key) return undefined;
  const { at, ...more } = params ?? {};
  return translate(key, { ...more, ...(at && { item: translate('item'), time: timeOf(Number(at)) }) });
}

/** Hours and minutes in the editor's language. */
const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
