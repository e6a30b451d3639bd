/** Node-RED's buttons beside a config node are anchors that no key reaches: ours can be reached and pressed. */
export function prepareButtons(form: JQuery): void {
  form
    .find('a[id*="-btn-"]')
    .attr({ tabindex: 0, role: 'button' })
    .each((_index, button) => {
      const isPlus = $(button).find('.fa-plus').length > 0;
      const label = $(button).closest('.form-row').children('label').text();
      $(button).attr('aria-label', `${label} ${isPlus ? '+' : '✎'}`);
    })
    .on('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      $(event.currentTarget).trigger('click');
    });
}
