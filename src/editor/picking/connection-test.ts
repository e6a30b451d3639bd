import type { ConnectionTest, Finding } from '../../definition/look-up-protocol';
import { policyFor } from '../form/policy';
import { reasonText } from '../reason-text';
import { accountOf, lookUp } from './account';
import { flowNeeds, policyNeeds } from './needs';
import { inWords } from './unanswered';

const icons: Readonly<Record<Finding['outcome'], string>> = {
  works: 'fa-check-circle',
  allowed: 'fa-check-circle',
  denied: 'fa-lock',
  untested: 'fa-question-circle',
  failed: 'fa-times-circle',
};

/** The two buttons of the config nodes: does it work, and which policy does it take. */
export function prepareConnectionTest(node: EditorNode, form: JQuery): void {
  const report = form.find('.connect-cases-report');
  form.find('.connect-cases-test').on('click', (event) => {
    event.preventDefault();
    void testConnection(node, report);
  });
  form.find<HTMLElement>('.connect-cases-policy').on('click', (event) => {
    event.preventDefault();
    const policy = JSON.stringify(policyFor(policyNeeds(node)), null, 2);
    // The browser's own clipboard is only there over HTTPS, and on this machine.
    const isCopied = RED.clipboard.copyText(policy, $(event.currentTarget), 'clipboard.copyMessageValue');
    report
      .empty()
      .append($('<p>').text(isCopied ? node._('test.copied') : ''), $('<pre tabindex="0">').text(policy));
  });
}

/** Tests the connection of a config node, as its form has it where that is open, and puts what was found into `report`. */
export async function testConnection(node: EditorNode, report: JQuery): Promise<void> {
  const account = accountOf(node);
  if (!account) return;
  // What is asked for meanwhile takes this out of the report, and then its answer finds no place there.
  const place = $('<div>').text(node._('test.running'));
  report.empty().append(place);
  try {
    const found = await lookUp('test', { ...account, needs: flowNeeds(node) });
    place.before(reportOf(node, found, account.domain.region ?? ''));
  } catch (problem) {
    place.before(verdict(inWords(problem)));
  }
  place.remove();
  report[0]?.scrollIntoView({ block: 'nearest' });
}

/** The verdict, then what it comes from. */
const reportOf = (node: EditorNode, test: ConnectionTest, region: string): JQuery[] => [
  verdict(node._(`test.verdict.${test.verdict}`)),
  $('<div>').text(node._('test.region', { region })),
  ...test.findings.map((finding) => line(node, finding)),
];

const verdict = (text: string): JQuery => $('<p>').append($('<strong>').text(text));

function line(node: EditorNode, { actions, outcome, found = '', reason }: Finding): JQuery {
  const text = reason ? reasonText(reason) : found;
  return $('<div>').append(
    $(`<i class="fa ${icons[outcome]}" aria-hidden="true">`),
    document.createTextNode(` ${node._(`test.${outcome}`, { action: actions.join(', '), text })}`),
  );
}
