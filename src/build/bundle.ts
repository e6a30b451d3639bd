import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cyclonedxEsbuildPlugin } from '@cyclonedx/cyclonedx-esbuild';
import { build, type Plugin } from 'esbuild';
import { bundlePage } from '../emulator/page/bundle';
import { addHashes } from './papers/sbom';

const sbomFile = 'bom.json';

/**
 * Bundles the runtime and the local service, with all that they need, into `<dist>`, and writes the bill of what they
 * hold, `bom.json` (CycloneDX), the same for the same packages. Gives the paths of what went in.
 */
export async function bundlePrograms(root: string, dist: string): Promise<string[]> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const page = bundlePage();
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      runtime: 'nodes/index.ts',
      'store-thread': 'src/delivery/store/disk/disk-thread.ts',
      emulator: 'src/emulator/cli.ts',
    },
    outdir: dist,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Of ES modules only what is used is taken: a third less, and loaded in half the time.
    mainFields: ['module', 'main'],
    define: {
      PACKAGE_VERSION: JSON.stringify(version),
      PAGE_SCRIPT: JSON.stringify(page.script),
      PAGE_STYLE: JSON.stringify(page.style),
    },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [
      cyclonedxEsbuildPlugin({
        outputFile: sbomFile,
        outputReproducible: true,
        mcType: 'library',
        validate: false,
        logLevel: 'silent',
      }),
      withoutIdleParts,
    ],
  });
  await addHashes(join(dist, sbomFile), join(root, 'package-lock.json'));
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

/** Of the files that the AWS SDK takes whole, what it asks for: the versions of its clients; and no operation has event streams. */
const withoutIdleParts: Plugin = {
  name: 'without-idle-parts',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/].*[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { loader: 'json', contents: JSON.stringify({ version }) };
    });
    onLoad({ filter: /@smithy[\\/]core[\\/].*[\\/]event-streams[\\/]index\.js$/ }, () => ({
      contents: 'export {};',
    }));
  },
};

/** What a folder has for the browser: its script (`index.ts`) and its style (`style.css`), each as one line. */
export interface BrowserBundle {
  readonly script: string;
  readonly style: string;
}

export async function bundleForBrowser(root: string, folder: string): Promise<BrowserBundle> {
  const minified = async (entry: string): Promise<string> => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      minify: true,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      write: false,
      logLevel: 'warning',
      plugins: [withoutEnglish],
    });
    return outputFiles[0]?.text.trim() ?? '';
  };
  const [script, style] = await Promise.all([
    minified(`${folder}/index.ts`),
    minified(`${folder}/style.css`),
  ]);
  return { script, style };
}

/** The editor has its own catalogue and shows no message of an error, so it needs no English sentences. */
const withoutEnglish: Plugin = {
  name: 'without-english',
  setup: ({ onLoad }) =>
    onLoad({ filter: /src[\\/]errors[\\/]messages\.ts$/ }, () => ({
      contents: "export const common = { kind: {}, problem: {}, reason: {} }; export const fill = () => '';",
    })),
};
