import type { RelatedItemType, UserUnion } from '@aws-sdk/client-connectcases';
import type { Input } from '../model/operations';
import { plainId } from '../model/text';
import type { DeliveryRules } from './delivery-rules';
import type { ContentByType, RelatedItem } from './related-item';

type Request = Input<'CreateRelatedItem'>;

/** How requests for items of one type are delivered; with `keep`, an item that the case has already is not added again. */
export function relatedItemRules<Type extends RelatedItemType>(
  item: RelatedItem<Type>,
  repeat: 'add' | 'keep' = 'add',
): DeliveryRules<'CreateRelatedItem'> {
  const { member } = item;
  type Content = ContentByType[Type];
  const contentOf = ({ content }: Request) =>
    (content as unknown as Readonly<Record<string, unknown>>)[member] as Content;
  const identity = (content: Content) => JSON.stringify([item.type, item.identity(content)]);
  const keepsExisting = repeat === 'keep';
  // A comment that holds several texts could not be recognised as any of them.
  const merge = keepsExisting ? undefined : item.merge;

  return {
    operation: 'CreateRelatedItem',
    orderKey: ({ caseId }) => plainId(caseId),
    sensitiveTexts: (request) => [
      ...(request.performedBy?.customEntity !== undefined ? [request.performedBy.customEntity] : []),
      ...item.sensitiveTexts(contentOf(request)),
    ],
    ...(merge && {
      merge: (first, next) => {
        if (first.type !== next.type || authorOf(first) !== authorOf(next)) return undefined;
        const content = merge(contentOf(first), contentOf(next));
        return content && ({ ...first, content: { [member]: content } } as unknown as Request);
      },
    }),
    whenAnswerIsLost: {
      do: 'verify',
      keepsExisting,
      caseOf: ({ domainId = '', caseId }) => ({ domainId, caseId: plainId(caseId) }),
      filter: (request) => item.filter(contentOf(request)),
      identity: (request) => identity(contentOf(request)),
      authorOf,
      isItemOf(request, found) {
        const author = authorOf(request);
        // One that names no author is by its credentials, and the service names those as it likes.
        if (author !== undefined && author !== authorOf(found)) return false;
        const content = (found.content as Readonly<Record<string, unknown>> | undefined)?.[member];
        return content !== undefined && identity(content as Content) === identity(contentOf(request));
      },
    },
  };
}

const authorOf = ({ performedBy }: { readonly performedBy?: UserUnion | undefined }): string | undefined =>
  performedBy && JSON.stringify(performedBy);
