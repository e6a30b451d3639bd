/** How many Unicode code points `text` has: an emoji is one, however many units it takes. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      pairs += 1;
      index += 1;
    }
  }
  return text.length - pairs;
}

/** The first `count` code points of `text`. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let left = count; left > 0 && end < text.length; left -= 1) {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** `text` with so many code points at most; what is cut ends in an ellipsis, so that a reader sees that there was more. */
export const truncated = (text: string, most: number): string =>
  text.length <= most || codePoints(text) <= most ? text : `${firstCodePoints(text, most - 1)}…`;

/** `text`, cut to what a message has room for. */
export const shorten = (text: string): string => (text.length > 60 ? `${firstCodePoints(text, 59)}…` : text);

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether `text` is an id as the service makes them, in upper or lower case. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** The id of what is given by its id or by its ARN: a case, a domain. */
export const plainId = (given = ''): string => given.slice(given.lastIndexOf('/') + 1);

/** How many characters have to be put in, taken out or changed to make one text of the other (Levenshtein). */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
