import { comment } from '../../nodes/related-items/comment';
import { connectCase } from '../../nodes/related-items/connect-case';
import { contact } from '../../nodes/related-items/contact';
import { custom } from '../../nodes/related-items/custom';
import { file } from '../../nodes/related-items/file';
import { sla } from '../../nodes/related-items/sla';
import type { Values } from '../../src/definition/field';
import type { RelatedItem } from '../../src/definition/related-item';
import { CasesError } from '../../src/errors/errors';
import { toRequest } from '../../src/mapping/request';

export const items: readonly RelatedItem[] = [comment, contact, file, sla, connectCase, custom];

/** The content that `values` become, or the error they are refused with. */
export function contentOf(item: RelatedItem, values: Values): unknown {
  return toRequest(item, { domainId: 'domain', caseId: 'case', values }).content;
}

/** The refusal of `values`. Throws where they are accepted. */
export function refusalOf(item: RelatedItem, values: Values): CasesError {
  try {
    contentOf(item, values);
  } catch (error) {
    if (error instanceof CasesError) return error;
    throw error;
  }
  throw new Error('accepted');
}
