import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** What the page needs beside its HTML. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** Script and style of the page, bundled for the browser. */
export function bundlePage(): PageAssets {
  const bundled = (file: string): string => {
    const { outputFiles } = buildSync({
      entryPoints: [join(__dirname, 'browser', file)],
      bundle: true,
      minify: true,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      write: false,
    });
    return outputFiles[0]?.text.trim() ?? '';
  };
  return { script: bundled('main.ts'), style: bundled('style.css') };
}
