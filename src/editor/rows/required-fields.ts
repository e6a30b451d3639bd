import { inputOf, isEnvironment, isInOpenForm } from '../form/form';
import { tell } from '../form/hint';
import { requiredFieldsOf } from '../picking/account-names';
import { listFields, listOf, rowsOf } from './row-list';

/** Fields of a new case that have an input of their own. */
const elsewhere = ['title', 'customer_id'];

/** The templates of nodes whose form was closed before it was known what they require. */
const unanswered = new Map<string, string>();

/**
 * As soon as a template is chosen, its required fields appear as rows, unless they are given already, and a customer
 * that it asks for in vain is said.
 */
export function prepareRequiredFields(node: EditorNode): void {
  const input = inputOf(node, 'templateId');
  if (input.length === 0) return;
  const chosen = () => String(input.val() ?? '').trim();
  let asked = unanswered.get(node.id) === chosen() ? '' : chosen();
  const follow = async () => {
    const templateId = chosen();
    if (templateId === asked) return;
    asked = templateId;
    if (templateId === '' || isEnvironment(templateId)) return;
    unanswered.set(node.id, templateId);
    const required = await requiredFieldsOf(node, templateId).catch(() => []);
    if (asked !== templateId || !isInOpenForm(node, input)) return;
    unanswered.delete(node.id);
    const customer = inputOf(node, 'customer');
    const isAskedFor = required.some(({ id }) => id === 'customer_id');
    if (customer.typedInput('value') === '') tell(customer, isAskedFor ? node._('hint.customer') : '');
    const given = listFields(node).flatMap(([name, field]) => rowsOf(node, name, field).map(({ id }) => id));
    for (const { id, name } of required) {
      const isGiven = [...elsewhere, ...given].some((field) => field === id || field === name);
      if (!isGiven) listOf(node, 'rows').editableList('addItem', { id });
    }
  };
  input.on('change', follow);
  void follow();
}
