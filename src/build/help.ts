import { escapeHtml } from './source';

/** One property of a message, as the help lists it. */
interface HelpEntry {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** The help of a node in one language, as its locale file holds it. */
export interface Help {
  /** First paragraph, and the tooltip of the palette. */
  readonly summary: string;
  readonly inputs?: readonly HelpEntry[];
  readonly outputs?: readonly HelpEntry[];
  readonly details: readonly string[];
}

export interface HelpHeadings {
  readonly inputs: string;
  readonly outputs: string;
  readonly details: string;
  readonly references: string;
}

/** What the pages are called that the help points to. */
export type References = Readonly<Record<keyof typeof pages, string>>;

const pages = {
  api: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_connect-cases_CreateRelatedItem.html',
  guide: 'https://docs.aws.amazon.com/connect/latest/adminguide/cases.html',
} as const;

/** The help in the house style of Node-RED. A text in backquotes becomes code. */
export function renderHelp(help: Help, headings: HelpHeadings, references: References): string {
  return [
    `<p>${text(help.summary)}</p>`,
    properties(headings.inputs, help.inputs),
    properties(headings.outputs, help.outputs),
    `<h3>${text(headings.details)}</h3>`,
    ...help.details.map((paragraph) => `<p>${text(paragraph)}</p>`),
    `<h3>${text(headings.references)}</h3>`,
    `<ul>${(['api', 'guide'] as const)
      .map((page) => `<li><a href="${pages[page]}" target="_blank">${text(references[page])}</a></li>`)
      .join('')}</ul>`,
  ].join('\n');
}

function properties(heading: string, entries: readonly HelpEntry[] = []): string {
  if (entries.length === 0) return '';
  const rows = entries.map(
    ({ name, type, text: meaning }) =>
      `<dt>${escapeHtml(name)} <span class="property-type">${escapeHtml(type)}</span></dt><dd>${text(meaning)}</dd>`,
  );
  return `<h3>${text(heading)}</h3>\n<dl class="message-properties">${rows.join('\n')}</dl>`;
}

const text = (plain: string): string => escapeHtml(plain).replace(/`([^`]+)`/g, '<code>$1</code>');
