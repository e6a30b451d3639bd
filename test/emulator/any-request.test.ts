import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-connectcases';
import fc from 'fast-check';
import { demo } from '../../src/emulator';
import { isMap } from '../../src/emulator/model/schema';
import { type OperationName, operationNames, operations } from '../../src/emulator/operations';
import type { Operation } from '../../src/emulator/operations/operation';
import type { Schema, StringSchema } from '../../src/model/schema';
import { closeLocalCases, localCases } from '../support/local-cases';

type Command = Parameters<sdk.ConnectCasesClient['send']>[0];
const commands = sdk as unknown as Readonly<Record<string, new (input: object) => Command>>;
/** Those that the SDK has, but for what takes the domain away from under all others. */
const names = operationNames.filter(
  (name) => name !== 'DeleteDomain' && !(operations[name] as Operation).fromDocuments,
);

const fieldIds = [...Object.values(demo.fields), 'title', 'status', 'summary', 'customer_id'];
/** What there is at first, by the members that name it, so that many requests are about something. */
const known: Readonly<Record<string, readonly string[]>> = {
  domainId: [demo.domainId],
  caseId: demo.cases.map(({ id }) => id),
  templateId: [demo.templateId, demo.alarmTemplateId],
  layoutId: [demo.layoutId],
  defaultLayout: [demo.layoutId],
  fieldId: fieldIds,
  parentFieldId: fieldIds,
  childFieldId: fieldIds,
  id: fieldIds,
  contactArn: [demo.contactArn],
  fileArn: [demo.fileArn],
  arn: [`arn:aws:cases:us-east-1:123456789012:domain/${demo.domainId}`],
  stringValue: ['', 'open', 'closed', 'high', demo.customerId, '2026-08-03T08:00:00Z', 'https://a.example/'],
  userArnValue: [demo.userArn],
  nextToken: [''],
};
const combining = ['not', 'andAll', 'orAll'];

function text(name: string, { values, pattern, min = 0, max = 20 }: StringSchema): fc.Arbitrary<string> {
  if (values) return fc.constantFrom(...values);
  const unit = pattern ? fc.constantFrom(...'aB_-') : ('binary' as const);
  const any = fc.string({ unit, minLength: min, maxLength: Math.max(min, Math.min(max, 20)) });
  return known[name] ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known[name]) }, any) : any;
}

/** Values that a schema allows, but for their number. */
function allowed(name: string, schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  switch (schema.kind) {
    case 'string':
      return text(name, schema);
    case 'integer':
      return fc.integer({ min: schema.min ?? 0, max: schema.max ?? 100 });
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'list': {
      if (isMap(schema)) return fc.dictionary(fc.string({ minLength: 1, maxLength: 9 }), fc.string());
      const { min = 0, max = 3 } = schema;
      return fc.array(allowed(name, schema.of, depth + 1), { minLength: min, maxLength: Math.min(max, 3) });
    }
    case 'union': {
      const members = Object.entries(schema.members).filter(
        ([member]) => depth < 6 || !combining.includes(member),
      );
      return fc.oneof(
        ...members.map(([member, of]) => fc.record({ [member]: allowed(member, of, depth + 1) })),
      );
    }
    case 'structure': {
      const { members, optional } = schema;
      const values: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
        Object.entries(members).map(([member, of]) => [member, allowed(member, of, depth + 1)]),
      );
      const requiredKeys = Object.keys(members).filter((member) => !optional.includes(member));
      return fc.record(values, { requiredKeys });
    }
  }
}

const request = fc
  .constantFrom(...names)
  .chain((name) => fc.tuple(fc.constant(name), allowed('', operations[name].input)));

describe('the local service, asked for anything that its model allows', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
  });
  afterEach(async () => {
    await closeLocalCases();
    rmSync(folder, { recursive: true });
  });

  it('answers, or refuses like the service; its file and its export bring the same back', () =>
    fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 50, maxLength: 100 }), fc.uuid(), async (asked, id) => {
        const dataFile = join(folder, id);
        const { client, emulator } = await localCases({ dataFile, verifySignatures: true }, keys);
        for (const [name, input] of asked) await answered(client, name, input as object);
        const exported = emulator.export();
        await emulator.close();
        assert.deepEqual((await localCases({ dataFile })).emulator.export(), exported);
        assert.deepEqual((await localCases({ content: exported })).emulator.export(), exported);
        await closeLocalCases();
      }),
      { numRuns: 8 },
    ));
});

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const refusals = [
  ...['ValidationException', 'ResourceNotFoundException', 'ConflictException'],
  ...['ServiceQuotaExceededException', 'SerializationException'],
];

async function answered(client: sdk.ConnectCasesClient, name: OperationName, input: object): Promise<void> {
  const Command = commands[`${name}Command`];
  assert.ok(Command, name);
  try {
    await client.send(new Command(input));
  } catch (error) {
    const { name: code, message } = error as Error;
    assert.ok(refusals.includes(code), `${name} ${code}: ${message}\n${JSON.stringify(input)}`);
  }
}
