import type { Choice, FieldChoice } from '../../definition/look-up-protocol';

/** What is offered by name: a case field says of what type it is, too. */
export type Offered = Choice & Partial<FieldChoice>;

/** The choice whose name a box shows; undefined where something else was typed since. */
function namedIn(box: JQuery, text: unknown): Offered | undefined {
  const named = box.data('named') as Offered | undefined;
  return named?.name === text ? named : undefined;
}

/** What a box that shows a name stands for: the id, unless something else was typed since. */
export const idIn = (box: JQuery, text = String(box.val() ?? '')): string =>
  namedIn(box, text)?.id ?? text.trim();

/** Whether a box shows the name of an id. */
export const showsName = (box: JQuery): boolean => namedIn(box, box.val()) !== undefined;

/** The type of the case field whose name a box shows. */
export const typeIn = (box: JQuery): string | undefined => namedIn(box, box.val())?.type;

/** Puts the name of a choice into a box that stands for its id. */
export function showNamed(box: JQuery, choice: Offered): void {
  const name = choice.name || choice.id;
  box.data('named', { ...choice, name }).val(name);
}

/** The same for an answer that comes by itself: who is in the box meanwhile, types over it and not behind it. */
export function showFound(box: JQuery, choice: Offered): void {
  const before = box.val();
  showNamed(box, choice);
  if (box.val() !== before && box.is(':focus')) box.trigger('select');
}
