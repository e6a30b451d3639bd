import type { Action } from '../../src/definition/action';
import { findCases } from './find-cases';
import { findOrCreateCase } from './find-or-create-case';
import { getCase } from './get-case';
import { updateCase } from './update-case';

/** The nodes that get from an alarm to its case, in the order of the palette. */
export const caseActions = {
  findOrCreateCase,
  findCases,
  getCase,
  updateCase,
} as const satisfies Readonly<Record<string, Action>>;
