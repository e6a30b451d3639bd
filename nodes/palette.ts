import { type Action, relatedItemAction } from '../src/definition/action';
import { caseActions } from './cases';
import { relatedItems } from './related-items';

/** Every node of the palette, in its order there: files, forms, help and registration are made from this list. */
export const palette: readonly Action[] = [
  ...Object.values(caseActions),
  ...Object.values(relatedItems).map(relatedItemAction),
];
