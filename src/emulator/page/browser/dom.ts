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

let isPressed = false;
const postponed: (() => void)[] = [];

/** Draws at once, or as soon as no button of the mouse is down: a click on what is drawn anew meanwhile gets lost. */
export function drawUnpressed(draw: () => void): void {
  if (isPressed) postponed.push(draw);
  else draw();
}

window.addEventListener('pointerdown', ({ button }) => {
  isPressed = button === 0;
});
for (const end of ['pointerup', 'pointercancel']) {
  // The click itself comes first.
  window.addEventListener(end, () =>
    setTimeout(() => {
      isPressed = false;
      for (const draw of postponed.splice(0)) draw();
    }),
  );
}
