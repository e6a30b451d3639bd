/** An element's attributes; those that are false or left out are not there. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Element | string | false | undefined;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A new element. Text is set as text, never as markup. `key` tells it from its siblings when it is drawn again. */
export const make = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement =>
  filled(document.createElement(tag), attributes, children);

export const makeSvg = (tag: string, attributes: Attributes, ...children: readonly Child[]): SVGElement =>
  filled(document.createElementNS(svgNamespace, tag) as SVGElement, attributes, children);

function filled<Made extends Element>(
  element: Made,
  attributes: Attributes,
  children: readonly Child[],
): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name === 'key' ? keyName : name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const keyName = 'data-key';
const keyOf = (node: Node): string | undefined =>
  node instanceof Element ? (node.getAttribute(keyName) ?? undefined) : undefined;

/**
 * Makes `old` look like `fresh` with as few changes as it takes, so that focus, selection and scroll positions stay.
 * What is inside an element with `data-foreign` is left alone.
 */
export function redraw(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (!old.hasAttribute('data-foreign')) redrawChildren(old, fresh);
}

function redrawChildren(old: Element, fresh: Element): void {
  const keyed = new Map([...old.children].map((child) => [keyOf(child), child]));
  let place: ChildNode | null = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = keyOf(wanted);
    const found = key === undefined ? place : keyed.get(key);
    if (!found || !isAlike(found, wanted)) {
      old.insertBefore(wanted, place);
      continue;
    }
    if (found === place) place = found.nextSibling;
    else old.insertBefore(found, place);
    if (found instanceof Element && wanted instanceof Element) redraw(found, wanted);
    else if (found.nodeValue !== wanted.nodeValue) found.nodeValue = wanted.nodeValue;
  }
  while (place) {
    const next: ChildNode | null = place.nextSibling;
    place.remove();
    place = next;
  }
}

const isAlike = (one: Node, other: Node): boolean =>
  one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
