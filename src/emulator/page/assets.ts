import type { PageAssets } from './bundle';

// Put in by the build; not there where the sources run as they are.
declare const PAGE_SCRIPT: string;
declare const PAGE_STYLE: string;

let bundled: PageAssets | undefined;

/** The page's script and style: those that the build put in, else bundled now. */
export function pageAssets(): PageAssets {
  if (typeof PAGE_SCRIPT === 'undefined') {
    bundled ??= (require('./bundle') as typeof import('./bundle')).bundlePage();
    return bundled;
  }
  return { script: PAGE_SCRIPT, style: PAGE_STYLE };
}
