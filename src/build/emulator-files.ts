import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transpileDeclaration } from 'typescript';
import { toJsonSchema } from '../emulator/seed/json-schema';
import { SeedShape } from '../emulator/seed/shape';

/** The types of the local service for programs that start it: those of api.ts, which needs no other package. */
export async function renderEmulatorTypes(root: string): Promise<string> {
  const fileName = 'src/emulator/api.ts';
  const { outputText } = transpileDeclaration(await readFile(join(root, fileName), 'utf8'), { fileName });
  return `${outputText}export declare const startEmulator: StartEmulator;\nexport declare const demo: Demo;\n`;
}

/** The JSON Schema of a seed file. */
export const renderSeedSchema = (): string =>
  `${JSON.stringify(toJsonSchema(SeedShape, 'What a local Cases service starts with'))}\n`;
