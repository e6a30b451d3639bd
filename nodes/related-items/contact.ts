import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { contentOfId } from '../../src/mapping/exact-form';
import { ContactArn } from '../../src/model/limits';
import { structure } from '../../src/model/schema';

export const contact: RelatedItem<'Contact'> = {
  base: 'contact',
  type: 'Contact',
  member: 'contact',
  color: '#B7D3C6',
  fields: {
    contactArn: {
      kind: 'value',
      members: ['contact.contactArn'],
      accepts: 'string | object',
      default: 'payload',
      defaultType: 'msg',
      types: textSources,
      schema: ContactArn,
      hint: 'arn:contact/',
    },
  },
  content: structure({ contactArn: ContactArn }),
  toContent: ({ contactArn }) => contentOfId(contactArn, 'contact', 'contactArn'),
  filter: ({ contactArn }) => ({ contact: { contactArn } }),
  identity: ({ contactArn }) => [contactArn],
  sensitiveTexts: () => [],
  permissions: ['connect:DescribeContact'],
};
