import { homepage } from '../../package.json';
import type { Action, PaletteNode, Reporter } from '../definition/action';
import { errorCodes } from '../errors/errors';
import { fill } from '../errors/messages';
import { helpExamples } from './help-examples';
import { escapeHtml } from './source';

/** The help of a node in one language, as its locale file holds it. */
export interface Help {
  /** First paragraph, and the tooltip of the palette. */
  readonly summary: string;
  /** What a message brings, by the field that reads it. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What a message goes on with, by its property; left out where all item nodes do alike. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly details: readonly string[];
}

/** What the help of all nodes has in common, in one language: headings, and what each item node does alike. */
export interface SharedHelp {
  readonly inputs: string;
  readonly outputs: string;
  readonly details: string;
  readonly references: string;
  readonly caseId: string;
  readonly arn: string;
  readonly relatedItem: string;
  readonly onError: string;
  /** Headings of the example message. */
  readonly before: string;
  readonly after: string;
  /** How to pick by name. */
  readonly pickers: string;
  /** What stands below the node, with the words of the statuses as place-holders. */
  readonly statuses: string;
  readonly codes: string;
  readonly permission: string;
  /** The link to the node's messages in the sidebar. */
  readonly messages: string;
}

/** What the pages are called that the help points to. */
export type References = Readonly<Record<keyof typeof pages, string>>;

const pages = {
  api: (operation: string) =>
    `https://docs.aws.amazon.com/connect/latest/APIReference/API_connect-cases_${operation}.html`,
  guide: () => 'https://docs.aws.amazon.com/connect/latest/adminguide/cases.html',
  package: () => homepage,
} as const;

/** The operation that config nodes point to: the first that most people use. */
const mainOperation = 'CreateRelatedItem';

/** One property of a message, as the help lists it. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/**
 * The help in the house style of Node-RED. A text in backquotes becomes code. `status` has the words of the
 * statuses; `node` is left out for config nodes, which see no message.
 */
export function renderHelp(
  help: Help,
  shared: SharedHelp,
  references: References,
  status: Readonly<Record<string, string>>,
  node?: Action | Reporter,
): string {
  const action = node && 'operation' in node ? node : undefined;
  const { operation = mainOperation } = action ?? {};
  const links = (['package', 'api', 'guide'] as const).map((page) => {
    const title = references[page].replace('__operation__', operation);
    return `<li><a href="${pages[page](operation)}" target="_blank">${text(title)}</a></li>`;
  });
  return [
    `<p>${text(help.summary)}</p>`,
    ...(node ? messages(help, shared, node) : []),
    ...(action ? example(shared, action) : []),
    `<h3>${text(shared.details)}</h3>`,
    ...[...help.details, ...(action ? common(shared, status, action) : [])].map(
      (paragraph) => `<p>${text(paragraph)}</p>`,
    ),
    ...(action ? [`<p><a href="#" class="connect-cases-show">${text(shared.messages)}</a></p>`] : []),
    `<h3>${text(shared.references)}</h3>`,
    `<ul>${links.join('')}</ul>`,
  ].join('\n');
}

function messages(help: Help, shared: SharedHelp, { fields, results }: PaletteNode): string[] {
  const { inputs = {}, outputs = { payload: shared.arn, relatedItem: shared.relatedItem } } = help;
  const read = Object.entries(inputs).map(([name, meaning]): Entry => {
    const field = fields[name];
    if (field?.kind !== 'value') throw new Error(`The help tells of "${name}", which is no field.`);
    return { name: field.default, type: field.accepts ?? 'string', text: meaning };
  });
  const caseId = fields.caseId ? [{ name: 'caseId', type: 'string', text: shared.caseId }] : [];
  const set = Object.entries(results).map(([name, type]): Entry => {
    const meaning = outputs[name];
    if (meaning === undefined) throw new Error(`The help does not tell of "${name}", which the node sets.`);
    return { name, type, text: meaning };
  });
  return [
    ...(read.length + caseId.length > 0 ? [properties(shared.inputs, [...read, ...caseId])] : []),
    properties(shared.outputs, set),
  ];
}

/** What all nodes of the palette do alike. */
const common = (shared: SharedHelp, status: Readonly<Record<string, string>>, { operation }: Action) => [
  shared.pickers,
  fill(shared.statuses, fillAll(status, { count: 6, item: status.item ?? '', time: '14:05' })),
  shared.onError,
  fill(shared.codes, { codes: errorCodes.map((code) => `\`${code}\``).join(', ') }),
  fill(shared.permission, { operation }),
];

const fillAll = (
  texts: Readonly<Record<string, string>>,
  params: Readonly<Record<string, string | number>>,
) => Object.fromEntries(Object.entries(texts).map(([name, words]) => [name, fill(words, params)]));

function example({ before, after }: SharedHelp, { base }: Action): string[] {
  const shown = helpExamples[base];
  if (!shown) throw new Error(`src/build/help-examples.ts has no example for "${base}".`);
  return [
    `<p>${text(before)}</p>`,
    `<pre>${escapeHtml(JSON.stringify(shown.before, null, 2))}</pre>`,
    `<p>${text(after)}</p>`,
    `<pre>${escapeHtml(JSON.stringify(shown.after, null, 2))}</pre>`,
  ];
}

function properties(heading: string, entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ name, type, text: meaning }) =>
      `<dt>${escapeHtml(name)} <span class="property-type">${escapeHtml(type)}</span></dt><dd>${text(meaning)}</dd>`,
  );
  return `<h3>${text(heading)}</h3>\n<dl class="message-properties">${rows.join('\n')}</dl>`;
}

const text = (plain: string): string => escapeHtml(plain).replace(/`([^`]+)`/g, '<code>$1</code>');
