import { here, member, under } from './path';
import type { Problem, Schema, StringSchema } from './schema';
import { isUuid } from './text';

/** All but tabs and line ends. */
const controlCharacter = /[^\P{Cc}\t\n\r]/u;
const controlOrLineEnd = /\p{Cc}/u;
/** White space, and what shows nothing although it is a character. */
const nothingToSee = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
const dotsAlone = /^\.+$/;

/**
 * `value` as it is sent: ids without the white space around them, UUIDs in lower case, texts with each half character
 * (an emoji that was cut in two) replaced, as UTF-8 needs it. What is not as `schema` says stays as it is, and only what
 * has to change is copied. Never throws.
 */
export function tidy(schema: Schema, value: unknown): unknown {
  if (schema.kind === 'string') return typeof value === 'string' ? tidyText(schema, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (schema.kind === 'list') {
    return Array.isArray(value) && value.length <= (schema.max ?? Number.POSITIVE_INFINITY)
      ? tidyEntries(schema.of, value)
      : value;
  }
  if (Array.isArray(value) || (schema.kind !== 'structure' && schema.kind !== 'union')) return value;
  return tidyMembers(schema.members, value as Readonly<Record<string, unknown>>);
}

function tidyEntries(of: Schema, list: readonly unknown[]): readonly unknown[] {
  const tidied = list.map((entry) => tidy(of, entry));
  return tidied.every((entry, index) => entry === list[index]) ? list : tidied;
}

function tidyMembers(
  members: Readonly<Record<string, Schema>>,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  let tidied = value;
  for (const name of Object.keys(members)) {
    if (!Object.hasOwn(value, name)) continue;
    const content = tidy(members[name] as Schema, value[name]);
    if (content !== value[name]) tidied = { ...tidied, [name]: content };
  }
  return tidied;
}

/** What is longer than any text of the schema is left for the check to refuse. */
function tidyText({ role, max = Number.POSITIVE_INFINITY }: StringSchema, text: string): string {
  if (role === 'id') return tidyId(text.trim());
  return role === 'text' && text.length <= 2 * max ? text.toWellFormed() : text;
}

/** The service makes UUIDs in lower case, some databases show them in upper case: two spellings are one case, one queue. */
const tidyId = (id: string): string => (isUuid(id) ? id.toLowerCase() : id);

/**
 * The first text in `value` that nobody could read, or undefined. The service's model says nothing of these: a text
 * with a control character is taken and shown as it is, and an id of dots alone is another address. `value` has to be
 * one that `check` accepts.
 */
export function illegible(schema: Schema, value: unknown, path = ''): Problem | undefined {
  const problem = illegibleIn(schema, value);
  return problem && under(path, problem);
}

function illegibleIn(schema: Schema, value: unknown): Problem | undefined {
  switch (schema.kind) {
    case 'string':
      return illegibleText(schema, value as string);
    case 'list':
      for (const [index, entry] of (value as readonly unknown[]).entries()) {
        const problem = illegibleIn(schema.of, entry);
        if (problem) return under(`[${index}]`, problem);
      }
      return undefined;
    case 'structure':
    case 'union':
      for (const [name, content] of Object.entries(value as object)) {
        const problem = content !== undefined && illegibleIn(schema.members[name] as Schema, content);
        if (problem) return under(member('', name), problem);
      }
      return undefined;
    default:
      return undefined;
  }
}

function illegibleText({ role, min = 0 }: StringSchema, text: string): Problem | undefined {
  if (role === undefined) return undefined;
  if (!text.isWellFormed()) return here('malformed');
  const found = (role === 'id' ? controlOrLineEnd : controlCharacter).exec(text);
  if (found) return here('control', { got: codeOf(found[0]), at: found.index + 1 });
  if (role === 'id' && dotsAlone.test(text)) return here('dots');
  return role === 'text' && min > 0 && nothingToSee.test(text) ? here('blank') : undefined;
}

/** `U+001B` */
const codeOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
