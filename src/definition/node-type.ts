/** `connect-cases-comment` for `comment`. */
export const nodeType = (base: string): string => `connect-cases-${base}`;
