#!/usr/bin/env node
// The command, and what programs get that import `@connect-cases/node-red-connect-cases/emulator`.
import { isLoopback } from '../common/hosts';
import { type EmulatorOptions, startEmulator } from '.';
import { readCommandLine } from './command-line';
import { demo } from './seed/demo';
import type { State } from './state/state';

export { demo, startEmulator };

async function main(): Promise<void> {
  const command = parsed();
  if (!command) return;
  if ('print' in command) {
    process.stdout.write(command.print);
    return;
  }
  const { start } = command;
  const emulator = await startEmulator(start).catch((error: NodeJS.ErrnoException) => {
    console.error(startProblem(error, start));
    process.exitCode = 1;
  });
  if (!emulator) return;
  const stop = () => {
    emulator.close().catch((error: unknown) => {
      console.error(String(error));
      process.exitCode = 1;
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  if (!isLoopback(start.host ?? '')) {
    console.error(`Warning: ${start.host} lets other machines reach this service. It protects nothing.`);
  }
  const { state, caller } = emulator.service;
  process.stdout.write(
    `Local Cases service: ${emulator.url}\n${idsIn(state)}` +
      `  aws connectcases list-domains --region ${caller.region} --endpoint-url ${emulator.url}\n`,
  );
}

/** Ids to begin with: those of the first domain, and of its first case. */
function idsIn({ domains, cases }: State): string {
  const [domain] = domains.values();
  const first = [...cases.values()].find(({ domainId }) => domainId === domain?.id);
  return (
    (domain ? `  domainId ${domain.id} (${domain.name})\n` : '') +
    (first ? `  caseId   ${first.id} (${first.fields.title?.stringValue ?? ''})\n` : '')
  );
}

function parsed() {
  try {
    return readCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\nSee connect-cases-emulator --help.`);
    process.exitCode = 2;
    return undefined;
  }
}

function startProblem(error: NodeJS.ErrnoException, { port, host }: EmulatorOptions): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use on ${host}. Choose another with --port, or 0 for a free one.`;
  if (error.code === 'EACCES')
    return `Port ${port} is not allowed for this user. Choose another with --port.`;
  return `Could not start: ${error.message}`;
}

if (require.main === module) void main();
