import { inputOf } from '../form/form';
import { isFresh } from '../form/fresh';
import { tell } from '../form/hint';
import { validate } from '../form/validate';
import { accountOf, lookUp } from './account';
import { showNamed } from './named';
import { inWords } from './unanswered';

/** In a new domain node the only domain of the account is taken as soon as keys and region are known. */
export function prepareOnlyDomain(node: EditorNode, form: JQuery): void {
  const input = inputOf(node, 'domainId');
  if (input.length === 0 || !isFresh(node)) return;
  const box = input.next('.connect-cases-box');
  let asked = '';
  const look = async () => {
    const account = isKnown(node) ? accountOf(node) : undefined;
    const question = JSON.stringify(account);
    if (!account || box.val() !== '' || question === asked) return;
    asked = question;
    const isCurrent = () => asked === question && box.val() === '';
    tell(input, node._('pick.searching'));
    try {
      const [only, ...others] = await lookUp('domains', account);
      if (!isCurrent()) return;
      tell(input, '');
      if (!only || others.length > 0) return;
      showNamed(box, only);
      box.trigger('change');
    } catch (problem) {
      if (isCurrent()) tell(input, node._('pick.failed', { reason: inWords(node, problem) }));
    }
  };
  form.on('change', 'input, select', look);
}

/** Whether all that decides whom to ask is there, and right. */
const isKnown = (node: EditorNode): boolean =>
  ['auth', 'region', 'endpoint'].every((name) => validate(node, name, inputOf(node, name).val()) === true);
