import type { Outcome } from './outcome';
import { endsOfRound, killRound, type Plan } from './round';

const plans: readonly Plan[] = [
  { flow: 'comments', end: 'kill' },
  { flow: 'alarms', end: 'kill' },
  { flow: 'comments', end: 'power cut' },
  { flow: 'alarms', end: 'power cut' },
];

/** Rounds that run side by side: they wait most of the time. */
const atOnce = 10;

/** A round that was run. */
export interface Round extends Plan {
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Runs so many rounds, of each plan about as many. */
export async function runRounds(count: number, onRound: (round: Round) => void = () => {}): Promise<Round[]> {
  const rounds: Round[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const plan = plans[next % plans.length] as Plan;
      next += 1;
      const began = performance.now();
      const outcome = await killRound(plan);
      const round = { ...plan, outcome, seconds: (performance.now() - began) / 1000 };
      rounds.push(round);
      onRound(round);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return rounds;
}

/** What must not be, by the words for it. */
export function faultsOf({ flow, outcome }: Round): Readonly<Record<string, readonly string[]>> {
  return {
    lost: outcome.lost,
    doubled: outcome.doubled,
    'without a result': outcome.withoutResult,
    refused: outcome.refused,
    'several cases': outcome.severalCases,
    // Between two nodes of a flow a message may come twice as well, and its result is then later.
    ...(flow === 'comments' && { 'result twice for no reason': outcome.twiceForNoReason }),
  };
}

/** The rounds of each plan in a line of a table in Markdown. */
export function tableOf(rounds: readonly Round[]): string {
  const lines = plans.flatMap(({ flow, end }) => {
    const these = rounds.filter((round) => round.flow === flow && round.end === end);
    if (these.length === 0) return [];
    const sum = (count: (round: Round) => number) => these.reduce((total, round) => total + count(round), 0);
    const faults = these.map(faultsOf).flatMap((each) => Object.entries(each));
    const fault = (name: string) =>
      faults.reduce((total, [key, ids]) => total + (key === name ? ids.length : 0), 0);
    const cells = [
      `${flow}, ${end}`,
      these.length,
      these.length * endsOfRound,
      sum(({ outcome }) => outcome.accepted),
      ...['lost', 'doubled', 'several cases', 'without a result', 'refused'].map(fault),
      sum(({ outcome }) => outcome.resultTwice.length),
      `${Math.round(Math.max(...these.map(({ seconds }) => seconds)))} s`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| flow, end | rounds | ends | accepted | lost | doubled | several cases | no result | refused | result twice | longest |',
    `|${' --- |'.repeat(11)}`,
    ...lines,
  ].join('\n');
}
