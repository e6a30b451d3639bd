/**
 * What the local service carries: `npx tsx test/emulator/load.ts [seconds]`. Comments on 100 connections, in memory and
 * with a data file; the longest time in which the service did nothing else, garbage collection included.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { demo, startEmulator } from '../../src/emulator';

const connections = 100;
const cases = 50;

/** The service in a process of its own; at the end it tells its longest stall, and its processor time in µs. */
async function serve(dataFile: string | undefined): Promise<void> {
  const [domain] = (await seed()).domains;
  const emulator = await startEmulator({
    quota: 'unlimited',
    limits: 'unlimited',
    content: { domains: [domain] },
    ...(dataFile && { dataFile }),
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  process.send?.(emulator.port);
  process.once('message', () => {
    const { user, system } = process.cpuUsage(before);
    process.send?.([delay.max / 1e6, user + system]);
    void emulator.close().then(() => process.exit(0));
  });
}

async function seed() {
  const emulator = await startEmulator();
  const exported = emulator.export() as { domains: { cases: object[] }[] };
  await emulator.close();
  const [domain] = exported.domains;
  const fields = [{ id: 'title', value: { stringValue: 'Load' } }];
  const made = Array.from({ length: cases }, (_, index) => ({
    id: `case-${index}`,
    template: demo.templateId,
    fields,
  }));
  return { domains: [{ ...domain, cases: made }] };
}

/** Sends one comment after the other until `isOver`; resolves with how many were answered 200. */
async function send(port: number, caseId: string, isOver: () => boolean): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const body = JSON.stringify({
    type: 'Comment',
    content: { comment: { body: 'The temperature is 8.4 °C', contentType: 'Text/Plain' } },
    performedBy: { customEntity: 'load' },
  });
  const request =
    `POST /domains/${demo.domainId}/cases/${caseId}/related-items/ HTTP/1.1\r\nHost: localhost\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  let answered = 0;
  while (!isOver()) {
    socket.write(request);
    const answer = await whole(socket);
    if (!answer.startsWith('HTTP/1.1 200')) throw new Error(answer);
    answered += 1;
  }
  socket.destroy();
  return answered;
}

async function whole(socket: Socket): Promise<string> {
  let text = '';
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString();
    const head = text.indexOf('\r\n\r\n');
    const [, length] = /content-length: (\d+)/i.exec(text) ?? [];
    if (head >= 0 && text.length >= head + 4 + Number(length)) return text;
  }
}

async function measure(title: string, seconds: number, dataFile?: string): Promise<void> {
  const child: ChildProcess = fork(__filename, ['serve', dataFile ?? '']);
  const [port] = (await once(child, 'message')) as [number];
  const end = Date.now() + seconds * 1000;
  const isOver = () => Date.now() >= end;
  const answered = await Promise.all(
    Array.from({ length: connections }, (_, index) => send(port, `case-${index % cases}`, isOver)),
  );
  child.send('end');
  const [[stall, cpu]] = (await once(child, 'message')) as [[number, number]];
  const total = answered.reduce((sum, count) => sum + count, 0);
  console.log(
    `${title}: ${Math.round(total / seconds)} comments/s, ${Math.round(cpu / total)} µs of processor for each, ` +
      `longest stall ${stall.toFixed(0)} ms`,
  );
  await once(child, 'exit');
}

async function main(): Promise<void> {
  const [mode, dataFile] = process.argv.slice(2);
  if (mode === 'serve') return serve(dataFile || undefined);
  const seconds = Number(mode ?? 5);
  const folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
  await measure('in memory', seconds);
  await measure('with a data file', seconds, join(folder, 'cases.json'));
  rmSync(folder, { recursive: true });
}

void main();
