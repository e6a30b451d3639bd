import type { Choice } from '../../definition/look-up-protocol';

/** What a box that shows a name stands for: the id, unless something else was typed since. */
export function idIn(box: JQuery, text = String(box.val() ?? '')): string {
  const named = box.data('named') as Choice | undefined;
  return named && named.name === text ? named.id : text.trim();
}

/** Whether a box shows the name of an id. */
export const showsName = (box: JQuery): boolean => box.data('named')?.name === box.val();

/** Puts the name of a choice into a box that stands for its id. */
export function showNamed(box: JQuery, { id, name }: Choice): void {
  box.data('named', { id, name: name || id }).val(name || id);
}

/** The same for an answer that comes by itself: who is in the box meanwhile, types over it and not behind it. */
export function showFound(box: JQuery, choice: Choice): void {
  const before = box.val();
  showNamed(box, choice);
  if (box.val() !== before && box.is(':focus')) box.trigger('select');
}
