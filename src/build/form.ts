import {
  type Condition,
  type ConfigNode,
  commonFields,
  type Field,
  type Property,
  type RelatedItem,
  type ValueField,
} from '../definition/definition';
import { escapeHtml } from './source';

type Prefix = 'node-input' | 'node-config-input';

/** The form of an item node, in the order in which a flow builder thinks of it. */
export function renderItemForm(item: RelatedItem): string {
  const prefix = 'node-input';
  return wrapped([
    textRow(prefix, 'name', { label: 'node-red:common.label.name' }),
    textRow(prefix, 'domain', {}),
    fieldRow('caseId', commonFields.caseId),
    ...Object.entries(item.fields).map(([name, field]) => fieldRow(name, field)),
    fieldRow('performedByKind', commonFields.performedByKind),
    fieldRow('performedBy', commonFields.performedBy, [{ performedByKind: ['userArn', 'customEntity'] }]),
    textRow(prefix, 'output', {}),
    section('preview', ['<pre class="connect-cases-preview" tabindex="0"></pre>']),
  ]);
}

/** The form of a config node, with the buttons that try it out. */
export function renderConfigForm(node: ConfigNode): string {
  const prefix = 'node-config-input';
  const properties = Object.entries(node.properties);
  const inSection = (name: string | undefined) =>
    properties
      .filter(([, property]) => property.section === name)
      .map(([propertyName, property]) => propertyRow(prefix, propertyName, property));
  const sections = new Set(properties.flatMap(([, property]) => property.section ?? []));
  return wrapped([
    ...inSection(undefined),
    ...Object.entries(node.secrets ?? {}).map(([name, { kind, when }]) =>
      textRow(prefix, name, { type: kind, when }),
    ),
    ...[...sections].map((name) => section(name, inSection(name))),
    `<div class="form-row connect-cases-buttons">${button('test')}${button('policy', 'test.copy')}</div>`,
    '<div class="connect-cases-report" role="status"></div>',
  ]);
}

const wrapped = (rows: readonly string[]): string =>
  `<div class="connect-cases">\n${rows.join('\n')}\n</div>`;

const section = (name: string, rows: readonly string[]): string =>
  `<details><summary data-i18n="section.${name}"></summary>\n${rows.join('\n')}\n</details>`;

const button = (name: string, text = `${name}.button`): string =>
  `<button type="button" class="red-ui-button connect-cases-${name}" data-i18n="${text}"></button>`;

function fieldRow(name: string, field: Field, when?: Condition): string {
  const prefix = 'node-input';
  switch (field.kind) {
    case 'value':
      return row(prefix, name, typedInput(prefix, name, field), { when });
    case 'choice':
      return selectRow(prefix, name, field.options, when);
    case 'flag':
      return checkRow(prefix, name);
    case 'rows':
      return `<div class="form-row connect-cases-wide"${shownWhen([{ [`${field.of}Type`]: ['rows'] }])}><ol id="${prefix}-${name}-list"></ol></div>`;
  }
}

function typedInput(prefix: Prefix, name: string, { types, pick, hint }: ValueField): string {
  const id = `${prefix}-${name}`;
  const extras = `${attribute('data-pick', pick)}${attribute('data-hint', hint)}`;
  return `<input type="text" id="${id}" data-types="${types.join()}"${extras}><input type="hidden" id="${id}Type">`;
}

function propertyRow(prefix: Prefix, name: string, property: Property): string {
  const { default: value, options, when, pick, hint } = property;
  if (name === 'name') return textRow(prefix, name, { label: 'node-red:common.label.name' });
  if (options) return selectRow(prefix, name, options, when);
  return typeof value === 'boolean' ? checkRow(prefix, name) : textRow(prefix, name, { when, pick, hint });
}

interface TextRow {
  readonly type?: string;
  readonly label?: string;
  readonly when?: Condition | undefined;
  readonly pick?: string | undefined;
  readonly hint?: string | undefined;
}

const textRow = (prefix: Prefix, name: string, { type = 'text', pick, hint, ...more }: TextRow): string =>
  row(
    prefix,
    name,
    `<input type="${type}" id="${prefix}-${name}"${attribute('data-pick', pick)}${attribute('data-hint', hint)}${
      pick ? ' data-i18n="[placeholder]pick.placeholder"' : ''
    }>`,
    more,
  );

const selectRow = (prefix: Prefix, name: string, options: readonly string[], when?: Condition): string => {
  const rendered = options.map(
    (option) => `<option value="${escapeHtml(option)}" data-i18n="option.${name}.${option}"></option>`,
  );
  return row(prefix, name, `<select id="${prefix}-${name}">${rendered.join('')}</select>`, { when });
};

const checkRow = (prefix: Prefix, name: string): string =>
  `<div class="form-row connect-cases-check"><input type="checkbox" id="${prefix}-${name}"><label for="${prefix}-${name}" data-i18n="field.${name}"></label></div>`;

function row(
  prefix: Prefix,
  name: string,
  control: string,
  { label = `field.${name}`, when }: TextRow,
): string {
  return `<div class="form-row"${shownWhen(when)}><label for="${prefix}-${name}" data-i18n="${label}"></label>${control}</div>`;
}

const shownWhen = (when: Condition | undefined): string =>
  attribute('data-when', when && JSON.stringify(when));

const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escapeHtml(value)}"`;
