import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/node-red';

/** Debian puts it where not every user looks. */
const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find(
  existsSync,
);

/** Whether this machine has Mosquitto; CI installs it. */
export const hasMosquitto = program !== undefined;

/** A Mosquitto in a process of its own, on loopback. */
export interface Mosquitto {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startMosquitto(): Promise<Mosquitto> {
  if (!program) throw new Error('Mosquitto is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'connect-cases-mosquitto-'));
  const port = await freePort();
  const settings = join(folder, 'mosquitto.conf');
  writeFileSync(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  const broker = spawn(program, ['--verbose', '--config-file', settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilSaid(broker, /running/);
  return {
    port,
    async stop() {
      const ended = new Promise((resolve) => broker.once('exit', resolve));
      broker.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function untilSaid(broker: ChildProcess, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    broker.stderr?.on('data', (data: Buffer) => {
      if (said.length < 10_000) said += data.toString();
      if (wanted.test(said)) resolve();
    });
    broker.once('exit', (code) => reject(new Error(`Mosquitto ended with ${code}:\n${said}`)));
  });
}
