import { inputOf } from '../form/form';
import { isFresh } from '../form/fresh';
import { tell } from '../form/hint';
import { validate } from '../form/validate';
import { accountOf, deciders, lookUp } from './account';
import { showFound, showsName } from './named';
import { inWords } from './unanswered';

/** A new node takes the only domain of the account, or the only template of the domain, as soon as it is known whom to ask. */
export function prepareOnlyOne(node: EditorNode, form: JQuery): void {
  takeOnlyOne(node, form, 'domainId', 'domains');
  takeOnlyOne(node, form, 'templateId', 'templates');
}

function takeOnlyOne(node: EditorNode, form: JQuery, name: string, names: 'domains' | 'templates'): void {
  const input = inputOf(node, name);
  if (input.length === 0 || !isFresh(node)) return;
  const box = input.next('.connect-cases-box');
  let asked: string | undefined;
  const look = async () => {
    const account = knownAccount(node);
    const question = JSON.stringify(account);
    if (box.val() !== '' || question === asked) return;
    asked = question;
    tell(input, account ? node._('pick.searching') : '');
    if (!account) return;
    /** What was asked may be another question by now, be it typed only in part. */
    const isCurrent = () => box.val() === '' && JSON.stringify(knownAccount(node)) === question;
    try {
      const [only, ...others] = await lookUp(names, account);
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

/** Whom to ask; undefined until all that decides it is there, and right. */
const knownAccount = (node: EditorNode) =>
  deciders.every((name) => validate(node, name, inputOf(node, name).val()) === true)
    ? accountOf(node)
    : undefined;
