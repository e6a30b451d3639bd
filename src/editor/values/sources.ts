import type { ValueField, ValueType } from '../../definition/field';
import { inputOf, nameTypedInput, shownInputOf } from '../form/form';

/** Where a value comes from: the message, the form itself, or one of Node-RED's other sources. */
type Kind = 'msg' | 'fixed' | 'more';

/** The choice of a value's source in the open form. */
export interface Sources {
  readonly field: ValueField;
  readonly input: JQuery;
  type(): ValueType;
  /** Takes another source, with the text that stood there before. */
  take(type: ValueType): void;
  /** Whether there is a choice: the usual source needs none. */
  allow(choice: boolean): void;
}

/**
 * Offers the sources of a value in words, with Node-RED's typed input beside them. Each source keeps its own text:
 * what was typed for one never stands in the box of another.
 */
export function prepareSources(
  node: EditorNode,
  name: string,
  field: ValueField,
  toOption: (type: ValueType) => unknown,
): Sources {
  const input = inputOf(node, name);
  const typeField = inputOf(node, `${name}Type`);
  const fixed = (['rows', 'str', 'num'] as const).find((type) => field.types.includes(type));
  const kindOf = (type: ValueType): Kind => (type === 'msg' ? 'msg' : type === fixed ? 'fixed' : 'more');
  const typesOf = (kind: Kind) => field.types.filter((type) => kindOf(type) === kind);
  const stored = typeField.val() as ValueType;
  let current = field.types.includes(stored) ? stored : field.defaultType;
  const texts: Partial<Record<ValueType, string>> = { [current]: String(input.val() ?? '') };
  const blank: Partial<Record<ValueType, string>> = {
    ...(field.usual && { [field.usual.type]: field.usual.value }),
    [field.defaultType]: field.default,
  };

  const box = input.wrap('<div class="connect-cases-sourced">').parent();
  const select = $('<select>').attr('aria-label', node._(`field.${name}`));
  for (const kind of ['msg', 'fixed', 'more'] as const) {
    const types = typesOf(kind);
    if (types.length === 0) continue;
    const special =
      kind === 'fixed' && (field.pick === 'cases' ? 'case' : fixed === 'rows' ? 'rows' : undefined);
    $('<option>')
      .val(kind)
      .attr('data-types', types.join(' '))
      .text(node._(`source.${special || kind}`))
      .appendTo(select);
  }
  select.prependTo(box);
  typeField.val(current);
  input.css('width', '100%').typedInput({
    default: current,
    types: typesOf(kindOf(current)).map(toOption),
    typeField,
  });

  const show = () => {
    const kind = kindOf(current);
    select.val(kind);
    box
      .toggleClass('connect-cases-fixed', kind === 'fixed')
      .toggleClass('connect-cases-listed', current === 'rows');
    nameTypedInput(input, node._(`field.${name}`));
  };
  let taking = false;
  const take: Sources['take'] = (type) => {
    if (type !== current) texts[current] = input.typedInput('value');
    current = type;
    taking = true;
    // Blank meanwhile: nobody asks the service for a case with the name of a property.
    input.typedInput('value', '');
    input.typedInput('types', typesOf(kindOf(type)).map(toOption)).typedInput('type', type);
    taking = false;
    show();
    input.typedInput('value', texts[type] ?? blank[type] ?? '');
  };
  select.on('change', () => {
    const [type] = typesOf(select.val() as Kind);
    if (!type) return;
    take(type);
    shownInputOf(input).trigger('focus').trigger('connect-cases-chosen');
  });
  input.on('change', () => {
    const type = input.typedInput('type') as ValueType;
    if (taking) return;
    if (type === current) texts[current] = input.typedInput('value');
    else {
      current = type;
      input.typedInput('value', texts[type] ?? blank[type] ?? '');
    }
  });
  show();
  return {
    field,
    input,
    type: () => current,
    take,
    allow: (choice) => select.toggle(choice),
  };
}
