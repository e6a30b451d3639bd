import { inputOf } from '../form/form';
import { isFresh } from '../form/fresh';
import { tell } from '../form/hint';
import { validate } from '../form/validate';
import { accountOf, lookUp } from './account';
import { showFound, showsName } from './named';
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
      showFound(box, only);
      box.trigger('change');
    } catch (problem) {
      if (isCurrent()) tell(input, node._('pick.failed', { reason: inWords(problem) }));
    }
  };
  form.on('change', 'input, select', look);
}

/** A new domain without a name of its own is called as in the account: several tell themselves apart. */
export function nameDomain(node: EditorNode): void {
  const box = inputOf(node, 'domainId').next('.connect-cases-box');
  const name = inputOf(node, 'name');
  const isUnnamed = box.length > 0 && isFresh(node) && name.val() === '';
  if (isUnnamed && showsName(box)) name.val(String(box.val()));
}

/** Whether all that decides whom to ask is there, and right. */
const isKnown = (node: EditorNode): boolean =>
  ['auth', 'region', 'endpoint'].every((name) => validate(node, name, inputOf(node, name).val()) === true);
