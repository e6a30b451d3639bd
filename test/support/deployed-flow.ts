import { setTimeout as pause } from 'node:timers/promises';
import type { demo as Demo } from '../../src/emulator';

export const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'a-secret-that-stays' };

/** Both config nodes, deployed with their secrets. */
export const configNodes = (endpoint: string, demo: typeof Demo) => [
  { id: 'tab', type: 'tab', label: 'Test' },
  {
    id: 'local-keys',
    type: 'connect-cases-credentials',
    name: 'Local keys',
    method: 'keys',
    credentials: keys,
  },
  {
    id: 'local-domain',
    type: 'connect-cases-domain',
    name: 'demo',
    auth: 'local-keys',
    region: 'us-east-1',
    domainId: demo.domainId,
    endpoint,
  },
];

/** Replaces what is deployed. */
export async function deploy(url: string, flow: readonly object[]): Promise<void> {
  const answer = await fetch(`${url}flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(flow),
  });
  if (!answer.ok) throw new Error(`Node-RED refused the flow: HTTP ${answer.status}`);
}

/** Node-RED answers a deploy before the new flow has started; until then its addresses are not there. */
export async function untilFound<Answer extends { readonly status: number }>(
  request: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const answer = await request();
    if (answer.status !== 404) return answer;
    await pause(20);
  }
}
