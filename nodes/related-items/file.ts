import { textSources } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { contentOfId } from '../../src/mapping/exact-form';
import { FileArn } from '../../src/model/limits';
import { structure } from '../../src/model/schema';

export const file: RelatedItem<'File'> = {
  base: 'file',
  type: 'File',
  member: 'file',
  color: '#C9CBE3',
  fields: {
    fileArn: {
      kind: 'value',
      members: ['file.fileArn'],
      accepts: 'string | object',
      default: 'payload',
      defaultType: 'msg',
      types: textSources,
      schema: FileArn,
      hint: 'arn:file/',
    },
  },
  content: structure({ fileArn: FileArn }),
  toContent: ({ fileArn }) => contentOfId(fileArn, 'file', 'fileArn'),
  filter: ({ fileArn }) => ({ file: { fileArn } }),
  identity: ({ fileArn }) => [fileArn],
  sensitiveTexts: () => [],
  permissions: [],
};
