import { member } from './describe';
import type { Problem, Schema, StringSchema } from './schema';

/** All but tabs and line ends. */
const controlCharacter = /[^\P{Cc}\t\n\r]/u;
const controlOrLineEnd = /\p{Cc}/u;
/** White space, and what shows nothing although it is a character. */
const nothingToSee = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
const dotsAlone = /^\.+$/;

/**
 * `value` as it is sent: ids without the white space around them, texts with each half character (an emoji that was
 * cut in two) replaced, as UTF-8 needs it. What is not as `schema` says stays as it is. Never throws.
 */
export function tidy(schema: Schema, value: unknown): unknown {
  if (schema.kind === 'string') return typeof value === 'string' ? tidyText(schema, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (schema.kind === 'list') {
    return Array.isArray(value) && value.length <= (schema.max ?? Number.POSITIVE_INFINITY)
      ? value.map((entry) => tidy(schema.of, entry))
      : value;
  }
  if (Array.isArray(value) || (schema.kind !== 'structure' && schema.kind !== 'union')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => {
      const known = Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
      return [name, known ? tidy(known, content) : content];
    }),
  );
}

/** What is longer than any text of the schema is left for the check to refuse. */
function tidyText({ role, max = Number.POSITIVE_INFINITY }: StringSchema, text: string): string {
  if (role === 'id') return text.trim();
  return role === 'text' && text.length <= 2 * max ? text.toWellFormed() : text;
}

/**
 * The first text in `value` that nobody could read, or undefined. The service's model says nothing of these: a text
 * with a control character is taken and shown as it is, and an id of dots alone is another address. `value` has to be
 * one that `check` accepts.
 */
export function illegible(schema: Schema, value: unknown, path = ''): Problem | undefined {
  switch (schema.kind) {
    case 'string':
      return illegibleText(schema, value as string, path);
    case 'list':
      return first(
        (value as unknown[]).map((entry, index) => illegible(schema.of, entry, `${path}[${index}]`)),
      );
    case 'structure':
    case 'union':
      return first(
        Object.entries(value as object).map(([name, content]) =>
          content === undefined
            ? undefined
            : illegible(schema.members[name] as Schema, content, member(path, name)),
        ),
      );
    default:
      return undefined;
  }
}

function illegibleText({ role, min = 0 }: StringSchema, text: string, path: string): Problem | undefined {
  if (role === undefined) return undefined;
  if (!text.isWellFormed()) return { path, rule: 'malformed', params: {} };
  const found = (role === 'id' ? controlOrLineEnd : controlCharacter).exec(text);
  if (found) return { path, rule: 'control', params: { got: codeOf(found[0]), at: found.index + 1 } };
  if (role === 'id' && dotsAlone.test(text)) return { path, rule: 'dots', params: {} };
  return role === 'text' && min > 0 && nothingToSee.test(text)
    ? { path, rule: 'blank', params: {} }
    : undefined;
}

/** `U+001B` */
const codeOf = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

const first = (problems: readonly (Problem | undefined)[]): Problem | undefined =>
  problems.find((problem) => problem !== undefined);
