import { shownInputOf } from './form';
import { isFresh } from './fresh';
import { judgedIn } from './reasons';

/** In a new node the cursor begins where something is still missing: Node-RED puts it above the form. */
export function prepareFocus(node: EditorNode, form: JQuery): void {
  if (!isFresh(node)) return;
  const tray = form.closest<HTMLElement>('.red-ui-tray');
  tray.on('focusin.connect-cases', ({ target, relatedTarget }) => {
    const isIn = (element: EventTarget | null | undefined) => form.find($(element as Element)).length > 0;
    if (isIn(target)) return;
    tray.off('focusin.connect-cases');
    // Who has clicked into the form before stays there.
    if (isIn(relatedTarget)) return void $(relatedTarget as Element).trigger('focus');
    const wrong = judgedIn(node, form).find(({ verdict }) => verdict !== true);
    const places = [
      form.find('.connect-cases-in-place input'),
      ...(wrong ? [shownInputOf(wrong.input).not('ol'), form.find('.connect-cases-id')] : []),
    ];
    const [place] = places.map((inputs) => inputs.filter(':visible')).filter(({ length }) => length > 0);
    place?.first().trigger('focus');
  });
}
