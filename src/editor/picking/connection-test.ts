import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import type { Finding } from '../../definition/look-up-protocol';
import { itemOf } from '../definitions';
import { currentValue } from '../form/form';
import { type PolicyNeeds, policyFor } from '../form/policy';
import { accountOf, domainsOf, lookUp } from './account';

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
      const region = $('<div>').text(node._('test.region', { region: account.domain.region ?? '' }));
      report.empty().append([region, ...findings.map((finding) => line(node, finding))]);
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
  const domains = domainsOf(node);
  const types = new Set<RelatedItemType>();
  let namesUsers = domains.some((domain) => currentValue(domain, 'performedByKind') === 'userArn');
  RED.nodes.eachNode((item) => {
    const type = itemOf(item.type)?.type;
    if (!type || !domains.some(({ id }) => id === item.domain)) return;
    types.add(type);
    namesUsers ||= item.performedByKind === 'userArn';
  });
  const text = (domain: EditorNode | undefined, name: string) =>
    String((domain && currentValue(domain, name)) ?? '');
  return {
    domains: (domains.length > 0 ? domains : [undefined]).map((domain) => ({
      region: text(domain, 'region'),
      domainId: text(domain, 'domainId'),
    })),
    types: [...types].sort(),
    looksUpLostAnswers:
      domains.length === 0 || domains.some((domain) => text(domain, 'ambiguous') === 'verify'),
    namesUsers,
  };
}
