/**
 * A small language for what the service's model allows; `check` enforces it.
 * Pure: used by the runtime, by the editor and by the local service alike.
 */

/** Text, counted in Unicode code points as the service counts it. */
export interface StringSchema {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** Has to match the whole text; `rule` names it in words. */
  readonly pattern?: {
    readonly test: RegExp;
    readonly rule: 'endsInSpace' | 'entity' | 'region' | 'format';
    readonly example?: string;
  };
  readonly values?: readonly string[];
  /** Who reads it: people, or the service, as the id of something. Ours, not the service's: see `legible`. */
  readonly role?: 'text' | 'id';
  /** Marked sensitive by the service: the text never appears in a message. */
  readonly sensitive?: true;
}
export interface NumberSchema {
  readonly kind: 'integer' | 'double';
  readonly min?: number;
  readonly max?: number;
}
interface BooleanSchema {
  readonly kind: 'boolean';
}
export interface ListSchema {
  readonly kind: 'list';
  readonly of: Schema;
  readonly min?: number;
  readonly max?: number;
  /** Kind that a problem names where it is no list: what people mostly give in its place. */
  readonly expected?: 'object';
}
export interface StructureSchema {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Schema>>;
  /** Names of members that may be left out; all others are required. */
  readonly optional: readonly string[];
}
/** Exactly one of the members is present. */
export interface UnionSchema {
  readonly kind: 'union';
  readonly members: Readonly<Record<string, Schema>>;
  /** Kind that a problem names where it is no object: what people may give in its place, too. */
  readonly expected?: 'fieldValue';
}
export type Schema = StringSchema | NumberSchema | BooleanSchema | ListSchema | StructureSchema | UnionSchema;

export const string = (limits: Omit<StringSchema, 'kind'> = {}): StringSchema => ({
  kind: 'string',
  ...limits,
});
export const integer = (limits: Omit<NumberSchema, 'kind'> = {}): NumberSchema => ({
  kind: 'integer',
  ...limits,
});
export const double = (): NumberSchema => ({ kind: 'double' });
export const boolean = (): BooleanSchema => ({ kind: 'boolean' });
export const list = (of: Schema, limits: Omit<ListSchema, 'kind' | 'of'> = {}): ListSchema => ({
  kind: 'list',
  of,
  ...limits,
});
export const structure = (
  members: Record<string, Schema>,
  optional: readonly string[] = [],
): StructureSchema => ({ kind: 'structure', members, optional });
export const union = (
  members: Record<string, Schema>,
  names: Pick<UnionSchema, 'expected'> = {},
): UnionSchema => ({ kind: 'union', members, ...names });

/** Names the members of `T`, not yet what is in them: that is for `check` to say. */
export type Candidate<T> = T extends unknown ? { [Member in keyof T]?: unknown } : never;

/**
 * What is wrong with one member. `rule` is a catalogue key, `params` what its text needs:
 * the editor translates it, the runtime says it in English.
 */
export interface Problem {
  /** Where: `custom.fields[2].value.doubleValue`; empty for the value itself. */
  readonly path: string;
  readonly rule:
    | 'required'
    | 'empty'
    | 'type'
    | 'length'
    | 'range'
    | 'items'
    | 'endsInSpace'
    | 'entity'
    | 'region'
    | 'format'
    | 'values'
    | 'union'
    | 'unknown'
    | 'unreadable'
    | 'circular'
    | 'textless'
    | 'utf8'
    | 'control'
    | 'blank'
    | 'malformed'
    | 'dots'
    | 'noField'
    | 'noOption'
    | 'noTemplate'
    | 'several'
    | 'fieldType'
    | 'twice';
  readonly params: Readonly<Record<string, string | number>>;
}
