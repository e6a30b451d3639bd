import { exec } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../package.json';

const root = resolve(__dirname, '../..');
const run = promisify(exec);

/**
 * Packs what was built last as `npm publish` would, and installs that file into a user directory as Node-RED's users
 * do, where npm has nothing in its cache and no registry answers. Gives the folder of the installed package.
 */
export async function installPacked(userDir: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-cases-packed-'));
  try {
    await run(`npm pack --ignore-scripts --pack-destination "${folder}"`, { cwd: root });
    const [tarball = ''] = await readdir(folder);
    await writeFile(
      join(userDir, 'package.json'),
      JSON.stringify({ name: 'node-red-project', private: true, version: '0.0.1' }),
    );
    const offline = `--offline --cache "${join(folder, 'cache')}" --registry http://127.0.0.1:9`;
    await run(`npm install "${join(folder, tarball)}" ${offline} --no-audit --no-fund`, { cwd: userDir });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return join(userDir, 'node_modules', packageJson.name);
}
