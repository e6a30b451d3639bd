/** What of a flow decides which IAM actions it needs. */
export interface PolicyNeeds {
  readonly region: string;
  readonly domainId: string;
  readonly looksUpLostAnswers: boolean;
  readonly linksContacts: boolean;
  readonly namesUsers: boolean;
}

/** The smallest IAM policy for these needs, the pickers of the forms included. `*` stands for what is not known. */
export function policyFor(needs: PolicyNeeds): object {
  const domain = `arn:aws:cases:${needs.region || '*'}:*:domain/${needs.domainId || '*'}`;
  const connect = [
    ...(needs.linksContacts ? ['connect:DescribeContact'] : []),
    ...(needs.namesUsers ? ['connect:DescribeUser'] : []),
  ];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cases:CreateRelatedItem',
          ...(needs.looksUpLostAnswers ? ['cases:SearchRelatedItems'] : []),
          'cases:GetDomain',
          'cases:ListFields',
          'cases:ListFieldOptions',
          'cases:SearchCases',
        ],
        Resource: [domain, `${domain}/*`],
      },
      { Effect: 'Allow', Action: 'cases:ListDomains', Resource: '*' },
      ...(connect.length > 0 ? [{ Effect: 'Allow', Action: connect, Resource: '*' }] : []),
    ],
  };
}
