import { status } from '../../locales/en-US/common.json';

/** The status of a node, as the catalogue names it. */
export type StatusKey = keyof typeof status;

/** What fills the text of a status: how many messages, the code of an error, or when it was, in ISO 8601. */
export interface StatusParams {
  readonly code?: string;
  readonly count?: number;
  readonly time?: string;
}

/**
 * What stands below a node, in English: flows read it at a Status node. Of a status Node-RED gives the editor its text
 * alone, so the editor knows it by its words.
 */
export const englishStatus: Readonly<Record<StatusKey, string>> = {
  ...status,
  done: status.done.replace('__item__', 'done'),
};

/** What a status says that has this English text; undefined for any other text. */
export function readStatus(
  text: string,
): { readonly key: StatusKey; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const [key, pattern] of patterns) {
    const found = pattern.exec(text);
    if (found) return { key, params: { ...found.groups } };
  }
  return undefined;
}

const patterns = Object.entries(englishStatus).map(([key, text]) => {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/__(\w+?)__/g, '(?<$1>[\\w:-]+)');
  return [key as StatusKey, new RegExp(`^${escaped}$`)] as const;
});
