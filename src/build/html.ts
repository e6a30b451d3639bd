import type { BrowserBundle } from './bundle';

export const script = (attributes: string, content: string): string =>
  `<script ${attributes}>\n${content}\n</script>\n`;

/** Style and script as they stand in a page. */
export const renderBundle = (bundle: BrowserBundle): string =>
  `<style>${bundle.style}</style>${script('type="text/javascript"', bundle.script)}`;
