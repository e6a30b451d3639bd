import type { Case, RelatedItem } from './state';

/** Items stay in the order in which they were created. */
export function moveItem(from: Case, to: Case, itemId: string): void {
  const [item] = from.items.splice(indexOf(from.items, itemId), 1) as [RelatedItem];
  const later = to.items.findIndex(({ sequence }) => sequence > item.sequence);
  to.items.splice(later < 0 ? to.items.length : later, 0, item);
}

/** Place of an item among those of its case. Throws where it is not there. */
export function indexOf(items: readonly RelatedItem[], itemId: string): number {
  const index = items.findIndex(({ id }) => id === itemId);
  if (index < 0) throw new Error(`There is no related item ${itemId}`);
  return index;
}
