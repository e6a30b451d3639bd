import { make } from './element';
import { text } from './text';

/** Asks back before something is done that can't be undone; `verb` says on its button what is then done. */
export function confirmed(question: string, verb: string): Promise<boolean> {
  const answer = (value: string, label: string, look: string) =>
    make('button', { value, class: `red-ui-button ${look}` }, label);
  const dialog = make(
    'dialog',
    { class: 'connect-cases-ask', 'aria-label': question },
    make('p', {}, question),
    make(
      'form',
      { method: 'dialog', class: 'connect-cases-buttons' },
      answer('', text('button.cancel'), ''),
      answer('yes', verb, 'primary'),
    ),
  ) as HTMLDialogElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
