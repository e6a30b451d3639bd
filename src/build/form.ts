import { configNodes } from '../../nodes/config';
import type { Action, Reporter } from '../definition/action';
import type { ConfigNode } from '../definition/config-node';
import type { ChecksField, Field, Fields, NamesField, NodeField, RowsField } from '../definition/field';
import { escapeHtml } from './source';

type Prefix = 'node-input' | 'node-config-input';

/**
 * The form of a node of the palette, in the order in which a flow builder thinks of it. Only that of an item previews its
 * request: what the others send depends on what the service answers.
 */
export function renderActionForm({ fields, operation }: Action): string {
  const rows = fieldRows('node-input', fields);
  const usual = Object.values(fields).filter((field) => field.kind === 'value' && field.usual);
  const before = Object.keys(fields).findIndex((name) => fields[name] === usual[0]);
  return wrapped([
    ...(usual.length > 1 ? rows.toSpliced(before, 0, modeRow()) : rows),
    ...(operation === 'CreateRelatedItem'
      ? [section('preview', ['<pre class="connect-cases-preview" tabindex="0"></pre>'])]
      : []),
  ]);
}

/** The form of a node without an input. */
export const renderReporterForm = ({ fields }: Reporter): string => wrapped(fieldRows('node-input', fields));

/** The form of a config node, with the buttons that try it out. */
export function renderConfigForm({ fields, secrets = {} }: ConfigNode): string {
  const prefix = 'node-config-input';
  const sections = new Set(Object.values(fields).flatMap((field) => field.section ?? []));
  return wrapped([
    ...fieldRows(prefix, fields),
    ...Object.entries(secrets).map(([name, { kind }]) =>
      row(prefix, name, `<input type="${kind}" id="${prefix}-${name}">`),
    ),
    ...[...sections].map((name) => section(name, fieldRows(prefix, fields, name))),
    `<div class="form-row connect-cases-buttons">${button('test')}${button('policy', 'test.copy')}</div>`,
    '<div class="connect-cases-report" role="status"></div>',
  ]);
}

/** Whether a form with several usual values shows these, or a choice of sources for each. */
const modeRow = (): string =>
  `<div class="form-row"><label for="connect-cases-mode"></label>${select('connect-cases-mode', [
    'usual',
    'sources',
  ])}</div>`;

const wrapped = (rows: readonly string[]): string =>
  `<div class="connect-cases">\n${rows.join('\n')}\n</div>`;

const section = (name: string, rows: readonly string[]): string =>
  `<details><summary data-text="section.${name}"></summary>\n${rows.join('\n')}\n</details>`;

const button = (name: string, text = `${name}.button`): string =>
  `<button type="button" class="red-ui-button connect-cases-${name}" data-text="${text}"></button>`;

const fieldRows = (prefix: Prefix, fields: Fields, sectionName?: string): string[] =>
  Object.entries(fields)
    .filter(([, field]) => field.section === sectionName)
    .map(([name, field]) => fieldRow(prefix, name, field));

function fieldRow(prefix: Prefix, name: string, field: Field): string {
  switch (field.kind) {
    case 'value':
      return row(prefix, name, typedInput(`${prefix}-${name}`));
    case 'text':
      return row(prefix, name, `<input type="text" id="${prefix}-${name}">`);
    case 'node':
      return [
        row(prefix, name, `<input type="text" id="${prefix}-${name}">`),
        ...inPlaceRows(prefix, field),
      ].join('\n');
    case 'choice':
      return row(
        prefix,
        name,
        select(`${prefix}-${name}`, field.options),
        field.explained && 'connect-cases-question',
      );
    case 'flag':
      return `<div class="form-row connect-cases-check"><input type="checkbox" id="${prefix}-${name}"><label for="${prefix}-${name}"></label></div>`;
    case 'rows':
    case 'names':
      return list(prefix, name, field);
    case 'checks':
      return checks(`${prefix}-${name}-list`, name, field);
    case 'outputs':
      return `<input type="hidden" id="${prefix}-${name}">`;
  }
}

/** What a new config node needs, asked in the form that names it. */
const inPlaceRows = (prefix: Prefix, { base, inPlace }: NodeField): string[] =>
  (inPlace?.secrets ?? []).map((name) => {
    const kind = configNodes.find((node) => node.base === base)?.secrets?.[name]?.kind;
    return row(prefix, name, `<input type="${kind}" id="${prefix}-${name}">`, 'connect-cases-in-place');
  });

const typedInput = (id: string): string =>
  `<input type="text" id="${id}"><input type="hidden" id="${id}Type">`;

const select = (id: string, options: readonly string[]): string => {
  const rendered = options.map((option) => `<option value="${escapeHtml(option)}">`);
  return `<select id="${id}">${rendered.join('')}</select>`;
};

/** A list in an editor of its own; one that is part of another field has no label. */
function list(prefix: Prefix, name: string, field: RowsField | NamesField): string {
  const of = field.kind === 'rows' ? field.of : undefined;
  const id = `${prefix}-${name}-list`;
  const label = of ? '' : `<label for="${id}"></label>`;
  return `<div class="form-row connect-cases-wide">${label}<ol id="${id}"></ol></div>`;
}

function checks(id: string, name: string, { options }: ChecksField): string {
  const boxes = options.map(
    (option) =>
      `<span><input type="checkbox" id="${id}-${option}" value="${option}"><label for="${id}-${option}" data-text="option.${name}.${option}"></label></span>`,
  );
  return `<div class="form-row"><label for="${id}"></label><div class="connect-cases-checks" id="${id}">${boxes.join('')}</div></div>`;
}

function row(prefix: Prefix, name: string, control: string, kind: string | undefined = undefined): string {
  const label = name === 'name' ? ' data-i18n="node-red:common.label.name"' : '';
  const classes = ['form-row', ...(kind ? [kind] : [])].join(' ');
  return `<div class="${classes}"><label for="${prefix}-${name}"${label}></label>${control}</div>`;
}
