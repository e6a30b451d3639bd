import type { Finding } from '../look-up';
import { accountOf, lookUp } from './account';
import { currentValue } from './form';
import { type PolicyNeeds, policyFor } from './policy';

const icons = { works: 'fa-check-circle', denied: 'fa-lock', failed: 'fa-times-circle' } as const;

/** The two buttons of the config nodes: does it work, and which policy does it take. */
export function prepareConnectionTest(node: EditorNode, form: JQuery): void {
  const report = form.find('.connect-cases-report');
  form.find('.connect-cases-test').on('click', async (event) => {
    event.preventDefault();
    const account = accountOf(node);
    if (!account) return;
    report.text(node._('test.running'));
    try {
      const findings = await lookUp('test', account);
      report.empty().append(findings.map((finding) => line(node, finding)));
    } catch (problem) {
      report.text(problem instanceof Error ? problem.message : '');
    }
  });
  form.find('.connect-cases-policy').on('click', async (event) => {
    event.preventDefault();
    const policy = JSON.stringify(policyFor(needsOf(node)), null, 2);
    report.empty().append($('<p>').text(node._('test.copied')), $('<pre tabindex="0">').text(policy));
    await navigator.clipboard?.writeText(policy).catch(() => undefined);
  });
}

const line = (node: EditorNode, { action, outcome, text }: Finding): JQuery =>
  $('<div>').append(
    $(`<i class="fa ${icons[outcome]}" aria-hidden="true">`),
    document.createTextNode(` ${node._(`test.${outcome}`, { action, text })}`),
  );

function needsOf(node: EditorNode): PolicyNeeds {
  const domain = accountOf(node)?.domain ?? {};
  const types = new Set<string>();
  let namesUsers = currentValue(node, 'performedByKind') === 'userArn';
  RED.nodes.eachNode((item) => {
    types.add(item.type);
    namesUsers ||= item.type.startsWith('connect-cases-') && item.performedByKind === 'userArn';
  });
  return {
    region: domain.region ?? '',
    domainId: domain.domainId ?? '',
    looksUpLostAnswers: (currentValue(node, 'ambiguous') ?? 'verify') === 'verify',
    linksContacts: types.has('connect-cases-contact'),
    namesUsers,
  };
}
