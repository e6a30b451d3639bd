import type { InPlace, NodeField } from '../../definition/field';
import { nodeType } from '../../definition/node-type';
import { fieldsOf } from '../definitions';
import { currentValue, inputOf, isOpen } from '../form/form';
import { tell } from '../form/hint';

interface Found extends InPlace {
  /** The property that names the config node. */
  readonly name: string;
  readonly base: string;
}

/** The config node that a form asks for in place: undefined where one is chosen, or where the form has no such thing. */
function askedIn(node: EditorNode): Found | undefined {
  const [name, field] = Object.entries(fieldsOf(node.type)).find(([, field]) => isInPlace(field)) ?? [];
  if (name === undefined || field?.kind !== 'node' || !field.inPlace || !isOpen(node)) return undefined;
  return RED.nodes.node(String(currentValue(node, name)))
    ? undefined
    : { name, base: field.base, ...field.inPlace };
}

const isInPlace = (field: { readonly kind: string }): boolean => Boolean((field as NodeField).inPlace);

/** The secrets of a config node that are typed in the form of another one; undefined where none is. */
export function typedInPlace(
  node: EditorNode,
): { readonly properties: InPlace['properties']; readonly secrets: Record<string, string> } | undefined {
  const asked = askedIn(node);
  const typed = (asked?.secrets ?? []).flatMap((name) => {
    const text = String(currentValue(node, name) ?? '').trim();
    return text === '' ? [] : [[name, text]];
  });
  return asked && typed.length > 0
    ? { properties: asked.properties, secrets: Object.fromEntries(typed) }
    : undefined;
}

/** The first secret of a config node that is still to be typed in the form of another one. */
export const missingInPlace = (node: EditorNode): string | undefined =>
  typedInPlace(node) &&
  askedIn(node)?.secrets.find((name) => String(currentValue(node, name) ?? '').trim() === '');

/** Asks for the secrets of a new config node while none is chosen. */
export function prepareInPlace(node: EditorNode, form: JQuery): void {
  const rows = form.find('.connect-cases-in-place');
  if (rows.length === 0) return;
  const follow = () => rows.toggle(askedIn(node) !== undefined);
  const [[property, value] = []] = Object.entries(askedIn(node)?.properties ?? {});
  if (property) tell(rows.first().find('input'), node._(`explain.${property}.${value}`));
  tell(rows.last().find('input'), node._('hint.inPlace'));
  form.on('change', 'select', follow);
  follow();
}

/** Makes the config node of what was typed, when the form closes with Done: Node-RED then finds it chosen. */
export function keepInPlace(node: EditorNode): void {
  const asked = askedIn(node);
  const typed = typedInPlace(node);
  const definition = asked && RED.nodes.getType(nodeType(asked.base));
  if (!asked || !typed || !definition) return;
  const defaults = Object.entries(definition.defaults).map(([name, { value }]) => [name, value]);
  const stored = Object.keys(typed.secrets).map((name) => [`has_${name}`, true]);
  const made = {
    ...Object.fromEntries(defaults),
    ...typed.properties,
    name: currentValue(node, 'name'),
    id: RED.nodes.id(),
    type: nodeType(asked.base),
    users: [],
    changed: true,
    credentials: { _: {}, ...typed.secrets, ...Object.fromEntries(stored) },
    label: definition.label,
    _def: definition,
    _: definition._,
  };
  RED.nodes.add(made);
  RED.editor.validateNode(made);
  RED.history.push({ t: 'add', nodes: [made.id], dirty: RED.nodes.dirty() });
  inputOf(node, asked.name).append($('<option>').val(made.id)).val(made.id);
}
