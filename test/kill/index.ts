/**
 * `npx tsx test/kill/index.ts [ROUNDS]`: so many rounds (100) of 200 messages through a Node-RED that is killed or loses
 * its power twice, and a table of what came of them. Build first: `npm run bundle`.
 */
import { faultsOf, runRounds, tableOf } from './table';

async function main(): Promise<void> {
  const rounds = await runRounds(Number(process.argv[2] ?? 100), (round) => {
    const faults = Object.entries(faultsOf(round)).filter(([, ids]) => ids.length > 0);
    if (faults.length > 0) console.log(`${round.flow}, ${round.end}: ${JSON.stringify(faults)}`);
  });
  console.log(tableOf(rounds));
  process.exitCode = rounds.every((round) =>
    Object.values(faultsOf(round)).every(({ length }) => length === 0),
  )
    ? 0
    : 1;
}

void main();
