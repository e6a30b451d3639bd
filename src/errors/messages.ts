import { kind, problem, reason } from '../../locales/en-US/common.json';

/** Of the English catalogue what the runtime says; the editor translates it. */
export const common = { kind, problem, reason };

/** `text` with each `__name__` replaced by its parameter, as Node-RED's own catalogues write it. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/__(\w+?)__/g, (placeholder, name: string) => String(params[name] ?? placeholder));
}
