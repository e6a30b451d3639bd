/** Characters of a text of the service that an error repeats. */
const longestQuote = 300;
/** Longer texts are cut before they are cleaned, so that their length costs nothing. */
const longestRead = 10_000;

/**
 * A text of the service as an error may repeat it: one line, at most 300 characters, without control characters,
 * escape sequences and what turns the direction of a line. Undefined for what is no text.
 */
export function quoted(text: unknown, longest = longestQuote): string | undefined {
  if (typeof text !== 'string') return undefined;
  const clean = text
    .slice(0, longestRead)
    .replace(escapeSequences, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
  const characters = Array.from(clean);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : clean;
}

/** As a terminal takes them: colours, moves of the cursor. */
const escapeSequences = /\p{Cc}\[[0-9;?]*[A-Za-z]/gu;
