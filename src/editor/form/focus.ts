import { shownInputOf } from './form';
import { isFresh } from './fresh';
import { judgedIn } from './reasons';

/** In a new node the cursor begins where something is still missing: Node-RED puts it above the form. */
export function prepareFocus(node: EditorNode, form: JQuery): void {
  if (!isFresh(node)) return;
  form.closest<HTMLElement>('.red-ui-tray').one('focusin', () => {
    const wrong = judgedIn(node, form).find(({ verdict }) => verdict !== true);
    const places = [
      form.find('.connect-cases-in-place input'),
      ...(wrong ? [shownInputOf(wrong.input).not('ol'), form.find('.connect-cases-id')] : []),
    ];
    const [place] = places.map((inputs) => inputs.filter(':visible')).filter(({ length }) => length > 0);
    place?.first().trigger('focus');
  });
}
