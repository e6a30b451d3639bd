import { readFile, writeFile } from 'node:fs/promises';

interface Sbom {
  components: {
    group?: string;
    name: string;
    version: string;
    hashes?: object[];
    externalReferences?: object[];
    properties?: object[];
  }[];
}
interface Lock {
  packages: Record<string, { version?: string; integrity?: string }>;
}

/**
 * Adds to each component of a CycloneDX bill the hash of its package, as `lockFile` has it (`npm sbom` does the same), and
 * takes out addresses that its purl has, too. Throws where the hash is not known.
 */
export async function addHashes(sbomFile: string, lockFile: string): Promise<void> {
  const sbom: Sbom = JSON.parse(await readFile(sbomFile, 'utf8'));
  const { packages }: Lock = JSON.parse(await readFile(lockFile, 'utf8'));
  const known = new Map<string, string>();
  for (const [path, { version, integrity }] of Object.entries(packages)) {
    if (integrity) known.set(`${path.replace(/^.*node_modules\//, '')}@${version}`, integrity);
  }
  for (const component of sbom.components) {
    const name = [component.group, component.name].filter(Boolean).join('/');
    const hash = known.get(`${name}@${component.version}`)?.match(/^sha512-(.+)$/)?.[1];
    if (!hash) throw new Error(`package-lock.json has no SHA-512 of ${name} ${component.version}`);
    delete component.externalReferences;
    delete component.properties;
    component.hashes = [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }];
  }
  await writeFile(sbomFile, JSON.stringify(sbom));
}
