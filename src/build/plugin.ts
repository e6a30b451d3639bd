import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleForBrowser } from './bundle';
import { renderBundle } from './html';

/** Base name of the sidebar tab's files. */
export const pluginBase = 'sidebar';

/** Writes the plugin of the editor that is our sidebar tab, with its texts, where Node-RED looks for them. */
export async function writePlugin(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const bundle = await bundleForBrowser(root, 'src/editor/sidebar');
  await writeFile(join(folder, `${pluginBase}.html`), renderBundle(bundle));
  for (const language of await readdir(join(root, 'locales'))) {
    const to = join(folder, 'locales', language);
    await mkdir(to, { recursive: true });
    const texts = JSON.parse(await readFile(join(root, 'locales', language, `${pluginBase}.json`), 'utf8'));
    await writeFile(join(to, `${pluginBase}.json`), JSON.stringify(texts));
  }
}
