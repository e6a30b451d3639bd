import type { ErrorWords } from '../../../definition/overview/figures';
import { make } from '../element';
import { type List, pageSize, type State } from '../state';
import { codeWords, number, sentence, text } from '../text';

/** A button for a command of the tab; `data` is what that gets to know. */
export const button = (
  command: string,
  label: string,
  data: Readonly<Record<string, string | undefined>> = {},
  look = 'red-ui-button red-ui-button-small',
): HTMLElement =>
  make(
    'button',
    {
      type: 'button',
      class: look,
      'data-do': command,
      ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, value])),
    },
    label,
  );

/** Shows sensitive parts in all lists, or redacts them again. */
export const redactButton = ({ plain }: State): HTMLElement =>
  button('redact', text(plain ? 'button.redact' : 'button.plain'));

/** What is wrong in a word or two, then in a sentence, then what to do. */
export const errorView = (error: ErrorWords, ...advice: readonly string[]): HTMLElement =>
  make(
    'div',
    { class: 'connect-cases-error' },
    make(
      'span',
      { class: 'connect-cases-trouble' },
      make('strong', {}, codeWords(error.code)),
      ` ${sentence(error)}`,
    ),
    ...advice.map((sentence) => ` ${sentence}`),
  );

/** A list that folds, with its heading, what to do with all of it, and its pages. */
export function listView(
  name: string,
  heading: string,
  list: List<{ readonly total: number }>,
  parts: {
    readonly rows: readonly HTMLElement[];
    /** What is said where there are none. */
    readonly none: string;
    readonly all: readonly (HTMLElement | false)[];
  },
  data: Readonly<Record<string, string>> = {},
): HTMLElement {
  const { rows, none, all } = parts;
  const { total = 0 } = list.page ?? {};
  const nothing = list.page !== undefined && rows.length === 0 && none;
  return make(
    'details',
    { key: name, open: true },
    make('summary', {}, heading),
    rows.length > 0 && make('div', { class: 'connect-cases-buttons' }, ...all),
    list.problem !== undefined && make('p', { role: 'status' }, list.problem),
    nothing && make('p', {}, nothing),
    make('ol', {}, ...rows),
    total > pageSize && pages(name, list.skip, rows.length, total, data),
  );
}

const pages = (
  name: string,
  skip: number,
  shown: number,
  total: number,
  data: Readonly<Record<string, string>>,
): HTMLElement => {
  const turn = (way: 'previous' | 'next', to: number) =>
    to >= 0 && to < total && button('page', text(`button.${way}`), { ...data, list: name, skip: String(to) });
  return make(
    'div',
    { class: 'connect-cases-buttons' },
    turn('previous', skip - pageSize),
    make(
      'span',
      {},
      text('pages', { from: number(skip + 1), to: number(skip + shown), total: number(total) }),
    ),
    turn('next', skip + pageSize),
  );
};

/**
 * Name of a node as the flow shows it, which a click shows there; before it the instances of subflows that it is in.
 */
export function nodeLink(id: string, name: string): HTMLElement {
  const links = nodesOn(id).map((node) =>
    button('reveal', RED.utils.getNodeLabel(node, node.id), { id: node.id }, 'connect-cases-link'),
  );
  if (links.length === 0) return make('span', {}, name || text('noNode'));
  return make('span', {}, ...links.flatMap((link, index) => (index > 0 ? [' › ', link] : [link])));
}

/** The node with this id; the id of one in an instance of a subflow begins with that of the instance. */
function nodesOn(id: string): readonly EditorNode[] {
  const node = RED.nodes.node(id);
  if (node) return [node];
  for (let end = id.indexOf('-'); end > 0; end = id.indexOf('-', end + 1)) {
    const instance = RED.nodes.node(id.slice(0, end));
    const inside = instance ? nodesOn(id.slice(end + 1)) : [];
    if (instance && inside.length > 0) return [instance, ...inside];
  }
  return [];
}
