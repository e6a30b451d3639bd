import { authorOf } from '../../definition/author';
import { fieldsOf, itemOf } from '../definitions';
import { listWithin, rowsOf } from '../rows/row-list';
import { currentValue, domainOf } from './form';

/** Keeps the preview of the request in step with the form; what a message brings is shown as where it comes from. */
export function preparePreview(node: EditorNode, form: JQuery): void {
  const place = form.find('.connect-cases-preview');
  const item = itemOf(node.type);
  if (place.length === 0 || !item) return;
  const render = () => {
    place.text(JSON.stringify(requestOf(node), null, 2));
  };
  form.on('change input', 'input, select', render);
  render();
}

function requestOf(node: EditorNode): object {
  const item = itemOf(node.type);
  if (!item) return {};
  const values = Object.entries(fieldsOf(node.type)).map(([name, field]) => [
    name,
    field.kind === 'value' ? typedValue(node, name) : currentValue(node, name),
  ]);
  const own = Object.fromEntries(values);
  const domain = domainOf(node);
  const author = authorOf(own, domain ? authorOf(domain) : undefined);
  return {
    domainId: domain?.domainId,
    caseId: own.caseId,
    type: item.type,
    content: { [item.member]: item.toContent(own) },
    ...(author && { performedBy: { [author.kind]: author.value } }),
  };
}

function typedValue(node: EditorNode, name: string): unknown {
  const type = String(currentValue(node, `${name}Type`));
  if (type === 'rows') {
    return rowsOf(node, ...listWithin(node, name)).map(({ id, value, valueType }) => {
      const content = read(valueType === 'userArn' ? 'str' : valueType, value);
      return { id, value: valueType === 'userArn' ? { userArnValue: content } : content };
    });
  }
  return read(type, String(currentValue(node, name) ?? ''));
}

/** The value that is typed in, or a place-holder that names its source. */
function read(type: string, text: string): unknown {
  switch (type) {
    case 'str':
      return text === '' ? undefined : text;
    case 'num':
      return Number(text);
    case 'bool':
      return text === 'true';
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    default:
      return text === '' ? undefined : `‹${type === 'jsonata' ? 'J' : type}: ${text}›`;
  }
}
