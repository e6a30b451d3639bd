import { type Author, authorOf } from '../../definition/author';
import { currentValue, domainOf, inputOf } from './form';
import { tell } from './hint';

/** Says whom agents will see as the author. */
export function prepareAuthor(node: EditorNode): void {
  const select = inputOf(node, 'performedByKind');
  if (select.length === 0) return;
  const follow = () => tell(select, sentence(node, authorIn(node)));
  select.on('change', follow);
  inputOf(node, 'domain').on('change', follow);
  inputOf(node, 'performedBy').on('change', follow);
  follow();
}

/** The author as the form says it now; undefined for the one of the credentials. */
function authorIn(node: EditorNode): Author | undefined {
  const domain = domainOf(node);
  const own = {
    performedByKind: currentValue(node, 'performedByKind'),
    performedBy:
      (currentValue(node, 'performedByType') ?? 'str') === 'str' ? currentValue(node, 'performedBy') : '',
  };
  return authorOf(own, domain ? authorOf(domain) : undefined);
}

function sentence(node: EditorNode, author: Author | undefined): string {
  if (!author) return node._('author.credentials');
  if (author.kind === 'userArn') return node._('author.userArn');
  return author.value === undefined
    ? node._('author.customEntity')
    : node._('author.named', { name: String(author.value) });
}
