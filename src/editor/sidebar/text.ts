import { name } from '../../../package.json';

/** A text of the sidebar's catalogue. */
export const text = (key: string, params?: Record<string, string | number>): string =>
  RED._(`${name}/sidebar:${key}`, params);
