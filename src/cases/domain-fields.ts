import type { FieldNames } from '../definition/domain-fields';
import type { KeyOf } from './plain';

/** The fields of a domain as messages and forms name them. Rejects with a `CasesError` that names `path`. */
export interface DomainFields extends FieldNames {
  /** The id of a template that is given by its name or its id. */
  templateId(key: unknown, path: string): Promise<string>;
  /** What each field is called in a result. */
  names(): Promise<KeyOf>;
  /** The ids of all fields. */
  all(): Promise<readonly string[]>;
}
