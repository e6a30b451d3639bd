import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demo } from '../../src/emulator';

const folder = resolve(__dirname, '../../examples');

/** A node as it stands in the file of an example. */
export interface ExampleNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  /** The tab that it is on; config nodes are on none. */
  readonly z?: string;
  readonly x?: number;
  readonly y?: number;
  readonly wires?: readonly (readonly string[])[];
  readonly [property: string]: unknown;
}

export interface Example {
  /** How it is listed under Import → Examples: folder and file name without `.json`. */
  readonly name: string;
  readonly text: string;
  readonly flow: readonly ExampleNode[];
}

/** Every example that the package ships. */
export const examples: readonly Example[] = readdirSync(folder, { recursive: true })
  .map((path) => String(path).replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.json'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return { name: path.replace(/\.json$/, ''), text, flow: JSON.parse(text) as ExampleNode[] };
  });

/** The example of this name; throws where there is none. */
export function exampleOf(name: string): Example {
  const found = examples.find((candidate) => candidate.name === name);
  if (found) return found;
  throw new Error(`There is no example ${name}.`);
}

/** The node of this type in an example, with this label where there are several. */
export function nodeOf({ name, flow }: Example, type: string, label?: string): ExampleNode {
  const found = flow.find((node) => node.type === type && (label === undefined || node.name === label));
  if (found) return found;
  throw new Error(`${name} has no ${type} ${label ?? ''}.`);
}

/** What the curl line in the note of an example posts, and where; throws where it has none. */
export function curlOf(example: Example): { path: string; type: string; body: string } {
  const { info = '' } = nodeOf(example, 'comment') as { info?: string };
  const curl =
    /^curl -X POST http:\/\/YOUR-NODE-RED:1880\/(\S+) \\\n {2}-H 'Content-Type: (\S+)' \\\n {2}-d '([^']+)'$/m;
  const [, path, type, body] = curl.exec(info) ?? [];
  if (path && type && body) return { path, type, body };
  throw new Error(`The note of ${example.name} has no curl line.`);
}

/** What the comment nodes of the examples ask to be set, for the local service at `endpoint`. */
export function environment(endpoint: string): Record<string, string> {
  const { machine, temperature, underWarranty, nextVisit, notes } = demo.fields;
  const [freezer, pump] = demo.cases;
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLES',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL_CONNECTCASES: endpoint,
    CASES_DOMAIN_ID: demo.domainId,
    CASES_CASE_ID: freezer.id,
    CASES_TEMPLATE_ID: demo.alarmTemplateId,
    CASES_OTHER_CASE_ID: pump.id,
    FIELD_MACHINE: machine,
    FIELD_CELSIUS: temperature,
    FIELD_WARRANTY: underWarranty,
    FIELD_VISIT: nextVisit,
    FIELD_NOTES: notes,
  };
}
