import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the runtime and the local service, with all that they need, into `<dist>`; gives the paths of what went in. */
export async function bundlePrograms(root: string, dist: string): Promise<string[]> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { PACKAGE_VERSION: JSON.stringify(version) },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  } as const;
  const results = await Promise.all([
    build({ ...shared, entryPoints: ['nodes/index.ts'], outfile: join(dist, 'runtime.js') }),
    build({
      ...shared,
      entryPoints: ['src/emulator/cli.ts'],
      outfile: join(dist, 'emulator.js'),
    }),
  ]);
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/** The script and the style that all our forms share, each as one line for the browser. */
export async function bundleEditor(root: string): Promise<{ script: string; style: string }> {
  const minified = async (entry: string): Promise<string> => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      minify: true,
      platform: 'browser',
      target: 'es2020',
      format: 'iife',
      globalName: 'ConnectCases',
      write: false,
      logLevel: 'warning',
    });
    return outputFiles[0]?.text.trim() ?? '';
  };
  const [script, style] = await Promise.all([
    minified('src/editor/index.ts'),
    minified('src/editor/style.css'),
  ]);
  return { script, style };
}
