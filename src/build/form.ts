import {
  type Condition,
  type ConfigNode,
  commonFields,
  type Field,
  type Property,
  type RelatedItem,
} from '../definition';
import { escapeHtml } from './source';

/** The form of an item node, in the order in which a flow builder thinks of it. */
export function renderItemForm(item: RelatedItem): string {
  return [
    textRow('node-input', 'name', { label: 'node-red:common.label.name' }),
    textRow('node-input', 'domain', {}),
    fieldRow('caseId', commonFields.caseId),
    ...Object.entries(item.fields).map(([name, field]) => fieldRow(name, field)),
    fieldRow('performedByKind', commonFields.performedByKind),
    fieldRow('performedBy', commonFields.performedBy, {
      property: 'performedByKind',
      values: ['userArn', 'customEntity'],
    }),
    textRow('node-input', 'output', {}),
  ].join('\n');
}

/** The form of a config node. */
export function renderConfigForm(node: ConfigNode): string {
  const input = 'node-config-input';
  return [
    ...Object.entries(node.properties).map(([name, property]) => propertyRow(input, name, property)),
    ...Object.entries(node.secrets ?? {}).map(([name, { kind, when }]) =>
      textRow(input, name, { type: kind, when }),
    ),
  ].join('\n');
}

function fieldRow(name: string, field: Field, when?: Condition): string {
  const input = 'node-input';
  switch (field.kind) {
    case 'value':
      return row(
        input,
        name,
        `<input type="text" id="${input}-${name}" data-types="${field.types.join()}"><input type="hidden" id="${input}-${name}Type">`,
        { when },
      );
    case 'choice':
      return selectRow(input, name, field.options, when);
    case 'flag':
      return checkRow(input, name);
    case 'rows':
      return `<div class="form-row" data-when="${field.of}Type=rows"><ol id="${input}-${name}-list" aria-label="${name}"></ol></div>`;
  }
}

function propertyRow(input: string, name: string, { default: value, options, when }: Property): string {
  if (name === 'name') return textRow(input, name, { label: 'node-red:common.label.name' });
  if (options) return selectRow(input, name, options, when);
  return typeof value === 'boolean' ? checkRow(input, name) : textRow(input, name, { when });
}

const textRow = (
  input: string,
  name: string,
  { type = 'text', ...more }: { type?: string; label?: string; when?: Condition | undefined },
): string => row(input, name, `<input type="${type}" id="${input}-${name}">`, more);

const selectRow = (input: string, name: string, options: readonly string[], when?: Condition): string => {
  const rendered = options.map(
    (option) => `<option value="${escapeHtml(option)}" data-i18n="option.${name}.${option}"></option>`,
  );
  return row(input, name, `<select id="${input}-${name}">${rendered.join('')}</select>`, { when });
};

const checkRow = (input: string, name: string): string =>
  `<div class="form-row"><label></label><label for="${input}-${name}" style="width:70%"><input type="checkbox" id="${input}-${name}" style="display:inline-block;width:auto;vertical-align:top"> <span data-i18n="field.${name}"></span></label></div>`;

function row(
  input: string,
  name: string,
  control: string,
  { label = `field.${name}`, when }: { label?: string; when?: Condition | undefined },
): string {
  const shown = when ? ` data-when="${when.property}=${when.values.join()}"` : '';
  return `<div class="form-row"${shown}><label for="${input}-${name}" data-i18n="${label}"></label>${control}</div>`;
}
