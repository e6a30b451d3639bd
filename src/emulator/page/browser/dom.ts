/** An element of the page that is always there. */
export const at = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

/** A new element. Its text is set as text, never as markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function button(className: string, text: string): HTMLButtonElement {
  const made = make('button', className, text);
  made.type = 'button';
  return made;
}
