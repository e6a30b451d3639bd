import { demo, type Emulator } from '../../src/emulator';
import type { Result } from '../support/restartable';
import type { Intake } from './intake';

/** What came of a round; the texts name messages. */
export interface Outcome {
  readonly accepted: number;
  /** Handed over in the last milliseconds before an end, and not in the file yet. */
  readonly notAccepted: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly withoutResult: readonly string[];
  readonly refused: readonly string[];
  readonly resultTwice: readonly string[];
  /** Of these the ones that were not handed on in the moment of an end, and so have no reason to come again. */
  readonly twiceForNoReason: readonly string[];
  /** Devices that have several cases. */
  readonly severalCases: readonly string[];
}

/** Between what Node-RED was ended, in milliseconds since 1970. */
export interface End {
  readonly from: number;
  readonly until: number;
}

interface Found {
  readonly intake: Intake;
  readonly results: readonly Result[];
  readonly ends: readonly End[];
  readonly cases: Emulator['service']['state']['cases'];
}

/**
 * A result that is handed on is out of the file that much later at most: a tenth of a second or two, a commit, and
 * what a machine takes that runs ten Node-REDs. Where it took longer to put a message in, it may take longer to get it out.
 */
const momentMs = 2000;

export function judge({ intake, results, ends, cases }: Found): Outcome {
  const accepted = [...intake.accepted];
  const all = [...accepted, ...intake.unknown];
  const texts = counted([...cases.values()].flatMap(({ items }) => items.map(textOf)));
  const told = counted(results.map(({ id }) => id));
  /** From the first result of a message to the end after it. */
  const msBeforeEnd = (id: string) => {
    const first = results.find((result) => result.id === id)?.at ?? 0;
    return Math.min(...ends.filter(({ until }) => until >= first).map(({ from }) => from - first));
  };
  const resultTwice = accepted.filter((id) => (told.get(id) ?? 0) > 1);
  const devices = counted([...cases.values()].flatMap(({ fields }) => deviceOf(fields) ?? []));
  return {
    accepted: accepted.length,
    notAccepted: intake.unknown.size,
    lost: accepted.filter((id) => !texts.has(id)),
    doubled: all.filter((id) => (texts.get(id) ?? 0) > 1),
    withoutResult: accepted.filter((id) => !told.has(id)),
    refused: results.flatMap(({ id, error }) => (error ? `${id}: ${error.code}` : [])),
    resultTwice,
    twiceForNoReason: resultTwice.filter((id) => msBeforeEnd(id) > momentMs + intake.slowestMs),
    severalCases: [...devices].flatMap(([device, count]) => (count > 1 ? device : [])),
  };
}

type Case = Found['cases'] extends ReadonlyMap<string, infer Value> ? Value : never;

const textOf = ({ content }: Case['items'][number]): string => String(content.comment?.body);

/** Undefined where no alarm has opened the case. */
const deviceOf = (fields: Case['fields']): string | undefined =>
  fields[demo.fields.machine]?.stringValue?.match(/^device .+/)?.[0];

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
