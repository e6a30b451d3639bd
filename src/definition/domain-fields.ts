import type { FieldValue } from '@aws-sdk/client-connectcases';

/** A field of a domain, as far as messages go. */
export interface DomainField {
  readonly id: string;
  readonly name: string;
  /** `Text`, `Number` and so on; the service may have others than the SDK knows. */
  readonly type: string;
}

/** An option of a field of the type SingleSelect. */
export interface FieldOption {
  readonly value: string;
  readonly name: string;
}

/** What a message calls fields and puts into them, as the service takes it. Rejects with a `CasesError` that names `path`. */
export interface FieldNames {
  /** The id of a field that is given by its name or its id. */
  id(key: unknown, path: string): Promise<string>;
  /** A field and a value that it can hold; `valuePath` is `path` followed by `.value` unless given. */
  value(key: unknown, value: unknown, path: string, valuePath?: string): Promise<FieldValue>;
}
