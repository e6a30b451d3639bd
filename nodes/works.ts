import type { RelatedItem } from '../src/definition/related-item';
import { findCases } from '../src/runtime/work/find-cases';
import { findOrCreateCase } from '../src/runtime/work/find-or-create-case';
import { getCase } from '../src/runtime/work/get-case';
import { addItem } from '../src/runtime/work/related-item';
import { updateCase } from '../src/runtime/work/update-case';
import type { Work } from '../src/runtime/work/work';
import type { caseActions } from './cases';
import { relatedItems } from './related-items';

const caseWorks = {
  findOrCreateCase,
  findCases,
  getCase,
  updateCase,
} satisfies Readonly<Record<keyof typeof caseActions, Work>>;

const items: readonly RelatedItem[] = Object.values(relatedItems);

/** What is done with the messages of each node of the palette; the editor needs none of it. */
export const works: readonly Work[] = [...Object.values(caseWorks), ...items.map(addItem)];
