/** `npm run weigh`: what a user downloads, and what it takes on their disk; ends with 1 where that is too much. */
import { execSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** Bytes. */
const limits = { tarball: 450_000, unpacked: 1_800_000 } as const;

/** Bytes of the package as `npm pack` would make it of dist/. */
function weights(): { [Part in keyof typeof limits]: number } {
  const answer = execSync('npm pack --dry-run --json --ignore-scripts', {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(answer) as { size: number; unpackedSize: number }[];
  if (!packed) throw new Error(`npm pack said ${answer}`);
  return { tarball: packed.size, unpacked: packed.unpackedSize };
}

for (const [part, bytes] of Object.entries(weights())) {
  const limit = limits[part as keyof typeof limits];
  console.log(`${part}: ${Math.ceil(bytes / 1000)} KB, limit ${limit / 1000} KB`);
  if (bytes >= limit) {
    console.error(`The package is too heavy (${part}).`);
    process.exitCode = 1;
  }
}
