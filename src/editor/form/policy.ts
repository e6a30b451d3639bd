import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import { relatedItems } from '../../../nodes/related-items';
import { pickerOperations } from '../../definition/look-up-protocol';
import { iamActionOf } from '../../model/operations';

/** What of a flow decides which IAM actions it needs. */
export interface PolicyNeeds {
  /** The domains that the credentials are for; `*` stands for what is blank. */
  readonly domains: readonly { readonly region: string; readonly domainId: string }[];
  /** What the nodes of the flow add; none where there are no nodes yet, and then all types are allowed. */
  readonly types: readonly RelatedItemType[];
  /** IAM actions that the case nodes of the flow need. */
  readonly caseActions?: readonly string[];
  readonly looksItemsUp: boolean;
  readonly namesUsers: boolean;
}

/** The smallest IAM policy for these needs, the pickers of the forms included. */
export function policyFor(needs: PolicyNeeds): object {
  const { domains, types, caseActions = [], looksItemsUp, namesUsers } = needs;
  const addsItems = types.length > 0 || caseActions.length === 0;
  const resources = domains.flatMap(({ region, domainId }) => {
    const domain = `arn:aws:cases:${region || '*'}:*:domain/${domainId || '*'}`;
    return [domain, `${domain}/*`];
  });
  const actions = new Set<string>([
    ...(looksItemsUp && addsItems ? ['cases:SearchRelatedItems'] : []),
    ...pickerOperations.map(iamActionOf),
    ...caseActions.filter((action) => action.startsWith('cases:')),
  ]);
  const others = [
    ...caseActions.filter((action) => !action.startsWith('cases:')),
    ...types.flatMap((type) => relatedItems[type].permissions),
    ...(namesUsers ? ['connect:DescribeUser'] : []),
  ];
  return {
    Version: '2012-10-17',
    Statement: [
      ...(addsItems
        ? [
            {
              Effect: 'Allow',
              Action: 'cases:CreateRelatedItem',
              Resource: resources,
              ...(types.length > 0 && { Condition: onlyOf(types) }),
            },
          ]
        : []),
      { Effect: 'Allow', Action: [...actions], Resource: resources },
      { Effect: 'Allow', Action: 'cases:ListDomains', Resource: '*' },
      ...(others.length > 0 ? [{ Effect: 'Allow', Action: others, Resource: '*' }] : []),
    ],
  };
}

/** The service authorization reference has this key for the related item alone, not for its case and domain. */
const onlyOf = (types: readonly RelatedItemType[]) => ({
  StringEqualsIfExists: { 'cases:RelatedItemType': types },
});
