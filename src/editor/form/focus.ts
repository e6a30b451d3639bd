import { currentValue, inputPrefix, shownInputOf } from './form';
import { isFresh } from './fresh';

/** In a new node the cursor begins where something is still missing: Node-RED puts it above the form. */
export function prepareFocus(node: EditorNode, form: JQuery): void {
  if (!isFresh(node)) return;
  form.closest<HTMLElement>('.red-ui-tray').one('focusin', () => {
    const asked = form.find('.connect-cases-in-place input:visible');
    const first = asked.length > 0 ? asked.first() : wantingIn(node, form).first();
    shownInputOf(first).filter(':visible').trigger('focus');
  });
}

/** The inputs that would be marked if they were not new. */
const wantingIn = (node: EditorNode, form: JQuery): JQuery =>
  form.find<HTMLElement>('input[id], select[id]').filter((_index, { id }) => {
    const name = id.slice(inputPrefix(node).length + 1);
    const { validate } = node._def.defaults[name] ?? node._def.credentials?.[name] ?? {};
    return validate !== undefined && validate.call(node, currentValue(node, name), {}) !== true;
  });
