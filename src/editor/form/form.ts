import { variableOf } from '../../common/environment';
import type { Condition } from '../../definition/field';
import { configNodeOf, fieldsOf } from '../definitions';
import { prefixOf } from './template';

/** Prefix of the ids of a form's inputs. */
export const inputPrefix = ({ type }: EditorNode): string => prefixOf(type);

/** The nodes whose forms are open, the one on top last. */
export const openForms = (): readonly EditorNode[] => RED.editor.getEditStack?.() ?? [];

/** Whether the form of this node is open. */
export const isOpen = (node: EditorNode): boolean => openForms().some(({ id }) => id === node.id);

/** The forms that were opened, by the ids of their nodes: Node-RED takes one out of the page while another is on top. */
const forms = new Map<string, JQuery>();

/** Finds the form of a node in the page, where it was just opened. */
export function openedForm(node: EditorNode): JQuery {
  const form = $(`#${inputPrefix(node)}-name`).closest<HTMLElement>('.connect-cases');
  forms.set(node.id, form);
  return form;
}

/** The input of a property in the open form; empty where there is none. */
export const inputOf = (node: EditorNode, name: string): JQuery =>
  (forms.get(node.id) ?? $(document.body)).find(`#${inputPrefix(node)}-${name}`);

/** Whether an input is in a form that is open, be it below another one. */
export const isInOpenForm = (node: EditorNode, input: JQuery): boolean =>
  isOpen(node) && input.closest(forms.get(node.id) ?? $()).length > 0;

/** A property as the open form has it, else as the node has it. */
export function currentValue(node: EditorNode, name: string): unknown {
  const input = isOpen(node) ? inputOf(node, name) : $();
  if (input.length === 0) return node[name] ?? node._def.defaults[name]?.value;
  if (input.data('noderedTypedInput')) return input.typedInput('value');
  return input.is(':checkbox') ? input.prop('checked') : input.val();
}

/** The domain of a node; where the users of its subflow choose one, that which they get if they don't. */
export function domainOf(node: EditorNode): EditorNode | null {
  const chosen = String(currentValue(node, 'domain'));
  const variable = variableOf(chosen);
  const property = variable && RED.nodes.subflow(node.z)?.env?.find(({ name }) => name === variable);
  return RED.nodes.node(property ? String(property.value) : chosen);
}

/** Whether one of the sets of a condition holds. */
export const holds = (node: EditorNode, condition: Condition): boolean =>
  condition.some((set) =>
    Object.entries(set).every(([name, values]) => values.includes(String(currentValue(node, name)))),
  );

/** Shows rows only while they matter; the list that is part of a value shows with that. */
export function prepareConditions(node: EditorNode, form: JQuery): void {
  const conditions = Object.entries({ ...fieldsOf(node.type), ...configNodeOf(node.type)?.secrets }).flatMap(
    ([name, field]) => {
      const of = 'of' in field ? field.of : undefined;
      const when = of ? [{ [`${of}Type`]: ['rows'] }] : field.when;
      const id = `#${inputPrefix(node)}-${name}`;
      return when ? [{ row: form.find(`${id}, ${id}-list`).closest('.form-row'), when }] : [];
    },
  );
  const follow = () => {
    for (const { row, when } of conditions) row.toggle(holds(node, when));
  };
  form.on('change', 'select, input', follow);
  follow();
}

/** A value that Node-RED fills in when the flow starts. */
export const isEnvironment = (text: string): boolean => variableOf(text) !== undefined;

/** Where the cursor is: a typed input, and one that shows names, have a visible input of their own. */
export function shownInputOf(input: JQuery): JQuery {
  const typed = input.next('.red-ui-typedInput-container').find('.red-ui-typedInput-input');
  const shown = typed.length > 0 ? typed : input.next('.connect-cases-box');
  return shown.length > 0 ? shown : input;
}

/** A typed input hides the input that its label is for; screen readers need the name where the cursor is. */
export function nameTypedInput(input: JQuery, name: string): void {
  const box = input.next('.red-ui-typedInput-container');
  box.find('input').attr('aria-label', name);
  box.find('button').attr('aria-label', name);
}
