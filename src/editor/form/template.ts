import { configNodes } from '../../../nodes/config';
import type { ChecksField, Field, NamesField, NodeField, RowsField } from '../../definition/field';
import { configNodeOf, fieldsOf, itemOf } from '../definitions';

type Prefix = 'node-input' | 'node-config-input';

/** What the ids of the inputs in the form of a node type begin with. */
export const prefixOf = (type: string): Prefix => (configNodeOf(type) ? 'node-config-input' : 'node-input');

/**
 * The HTML of the form of a node type, in the order in which a flow builder thinks of it; `prepare` gives it its texts.
 * Only that of an item previews its request: what the others send depends on what the service answers.
 */
export function templateOf(type: string): string {
  const fields = Object.entries(fieldsOf(type));
  const usual = fields.filter(([, field]) => field.kind === 'value' && field.usual);
  const [firstUsual] = usual.length > 1 ? usual : [];
  const rows = fields.map((entry) => {
    const [name, field] = entry;
    return {
      section: field.section,
      html: (entry === firstUsual ? modeRow : '') + fieldRow(prefixOf(type), name, field),
    };
  });
  const rowsIn = (section?: string) =>
    rows.flatMap((row) => (row.section === section ? row.html : [])).join('');
  const sections = new Set(rows.flatMap(({ section }) => section ?? []));
  const { secrets = {} } = configNodeOf(type) ?? {};
  return [
    '<div class="connect-cases">',
    rowsIn(),
    ...Object.entries(secrets).map(([name, { kind }]) => inputRow(prefixOf(type), name, kind)),
    ...Array.from(sections, (name) => section(name, rowsIn(name))),
    ...(itemOf(type) ? [section('preview', '<pre class="connect-cases-preview" tabindex="0"></pre>')] : []),
    ...(configNodeOf(type) ? [connectionTest] : []),
    '</div>',
  ].join('');
}

const section = (name: string, rows: string): string =>
  `<details><summary data-text="section.${name}"></summary>${rows}</details>`;

const button = (name: string, text: string): string =>
  `<button type="button" class="red-ui-button connect-cases-${name}" data-text="${text}"></button>`;

/** The buttons that try a config node out. */
const connectionTest = `<div class="form-row connect-cases-buttons">${button('test', 'test.button')}${button('policy', 'test.copy')}</div><div class="connect-cases-report" role="status"></div>`;

function fieldRow(prefix: Prefix, name: string, field: Field): string {
  const id = `${prefix}-${name}`;
  switch (field.kind) {
    case 'value':
      return row(id, `<input type="text" id="${id}"><input type="hidden" id="${id}Type">`);
    case 'text':
      return inputRow(prefix, name);
    case 'node':
      return inputRow(prefix, name) + inPlaceRows(prefix, field);
    case 'choice':
      return row(id, select(id, field.options), field.explained && 'connect-cases-question');
    case 'flag':
      return `<div class="form-row connect-cases-check"><input type="checkbox" id="${id}"><label for="${id}"></label></div>`;
    case 'rows':
    case 'names':
      return list(`${id}-list`, field);
    case 'checks':
      return checks(`${id}-list`, name, field);
    case 'outputs':
      return `<input type="hidden" id="${id}">`;
  }
}

const row = (id: string, control: string, kind = '', label = ''): string =>
  `<div class="form-row${kind && ` ${kind}`}"><label for="${id}"${label}></label>${control}</div>`;

const inputRow = (prefix: Prefix, name: string, kind = 'text', rowKind = ''): string => {
  const label = name === 'name' ? ' data-i18n="node-red:common.label.name"' : '';
  return row(`${prefix}-${name}`, `<input type="${kind}" id="${prefix}-${name}">`, rowKind, label);
};

/** What a new config node needs, asked in the form that names it. */
const inPlaceRows = (prefix: Prefix, { base, inPlace }: NodeField): string =>
  (inPlace?.secrets ?? [])
    .map((name) => {
      const secret = configNodes.find((node) => node.base === base)?.secrets?.[name];
      return inputRow(prefix, name, secret?.kind, 'connect-cases-in-place');
    })
    .join('');

const select = (id: string, options: readonly string[]): string =>
  `<select id="${id}">${options.map((option) => `<option value="${option}">`).join('')}</select>`;

/** Whether a form with several usual values shows these, or a choice of sources for each. */
const modeRow = row('connect-cases-mode', select('connect-cases-mode', ['usual', 'sources']));

/** A list in an editor of its own; one that is part of another field has no label. */
function list(id: string, field: RowsField | NamesField): string {
  const isPart = field.kind === 'rows' && field.of;
  return `<div class="form-row connect-cases-wide">${isPart ? '' : `<label for="${id}"></label>`}<ol id="${id}"></ol></div>`;
}

function checks(id: string, name: string, { options }: ChecksField): string {
  const boxes = options.map(
    (option) =>
      `<span><input type="checkbox" id="${id}-${option}" value="${option}"><label for="${id}-${option}" data-text="option.${name}.${option}"></label></span>`,
  );
  return row(id, `<div class="connect-cases-checks" id="${id}">${boxes.join('')}</div>`);
}
