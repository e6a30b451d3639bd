import { nearestRegion } from '../picking/regions';
import { currentValue, inputOf, inputPrefix, shownInputOf } from './form';
import { isFresh } from './fresh';
import { tell } from './hint';

/** An input, or a list, that can be wrong, with true or the reason why it is. */
interface Judged {
  readonly name: string;
  readonly input: JQuery;
  readonly verdict: true | string;
}

/** What can be wrong in an open form, in its order. */
export const judgedIn = (node: EditorNode, form: JQuery): readonly Judged[] =>
  form
    .find<HTMLElement>('input[id], select[id], ol[id]')
    .toArray()
    .flatMap((element) => {
      const name = element.id.slice(inputPrefix(node).length + 1).replace(/-list$/, '');
      const { validate } = node._def.defaults[name] ?? node._def.credentials?.[name] ?? {};
      if (!validate) return [];
      return { name, input: $(element), verdict: validate.call(node, currentValue(node, name), {}) };
    });

/**
 * Says below each input why Node-RED marks it: its colour and its tooltip do not reach everyone. A new form says
 * it only of what somebody has touched.
 */
export function prepareReasons(node: EditorNode, form: JQuery): void {
  const fresh = isFresh(node);
  const follow = () => {
    for (const { name, input, verdict } of judgedIn(node, form)) {
      const wrong =
        verdict !== true && (!fresh || input.closest('.form-row').hasClass('connect-cases-touched'));
      tell(input, wrong ? verdict : '', 'reason');
      shownInputOf(input)
        .not('ol')
        .attr('aria-invalid', String(wrong))
        .attr('aria-describedby', wrong ? `${input.attr('id')}-reason` : null);
      if (wrong) input.closest('details').prop('open', true);
      if (name === 'region') offerRegion(node, wrong);
    }
  };
  form.on('change input', 'input, select, ol', (event) => {
    // Only what a person does is an event of the browser's own.
    const isSource = $(event.target).is('.connect-cases-sourced > select');
    if (event.originalEvent && !isSource)
      $(event.target).closest('.form-row').addClass('connect-cases-touched');
    follow();
  });
  follow();
}

/** Offers the region that was probably meant. */
function offerRegion(node: EditorNode, wrong: boolean): void {
  const input = inputOf(node, 'region');
  const text = String(input.val() ?? '').trim();
  let button = input.siblings('.connect-cases-nearest');
  if (!wrong || text === '') return void button.remove();
  if (button.length === 0) {
    button = $('<button type="button" class="red-ui-button connect-cases-nearest">')
      .on('click', () => input.val(nearestRegion(String(input.val()))).trigger('change'))
      .appendTo(input.closest('.form-row'));
  }
  button.text(node._('pick.nearest', { name: nearestRegion(text) }));
}
