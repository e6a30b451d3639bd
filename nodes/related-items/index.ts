import type { RelatedItemType } from '@aws-sdk/client-connectcases';
import type { RelatedItem } from '../../src/definition/related-item';
import { comment } from './comment';
import { connectCase } from './connect-case';
import { contact } from './contact';
import { custom } from './custom';
import { file } from './file';
import { sla } from './sla';

/** Every type of related item that the API has: the compiler asks for a new one when the SDK gets it. */
export const relatedItems = {
  Comment: comment,
  Contact: contact,
  File: file,
  Sla: sla,
  ConnectCase: connectCase,
  Custom: custom,
} satisfies { readonly [Type in RelatedItemType]: RelatedItem<Type> };
