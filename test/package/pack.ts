import { exec } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const run = promisify(exec);

/** What `npm publish` would publish: a file of its own folder. */
export interface Packed {
  readonly tarball: string;
  remove(): Promise<void>;
}

/** Packs what was built last. */
export async function pack(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-cases-packed-'));
  await run(`npm pack --ignore-scripts --pack-destination "${folder}"`, { cwd: root });
  const [name = ''] = await readdir(folder);
  return { tarball: join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Installs a tarball as Node-RED's users do, where npm has nothing in its cache and no registry answers. */
export async function installOffline(userDir: string, tarball: string): Promise<void> {
  const cache = await mkdtemp(join(tmpdir(), 'connect-cases-cache-'));
  await writeFile(
    join(userDir, 'package.json'),
    JSON.stringify({ name: 'node-red-project', private: true, version: '0.0.1' }),
  );
  try {
    await run(
      `npm install "${tarball}" --offline --no-audit --no-fund --cache "${cache}" --registry http://127.0.0.1:9`,
      { cwd: userDir },
    );
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}
