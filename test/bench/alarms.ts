import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import { findOrCreate } from '../../src/cases/find-or-create';
import { KnownCases } from '../../src/cases/known-cases';
import { createDelivery } from '../../src/delivery/queue';
import { casesService } from '../../src/delivery/service/service';
import { demo, startEmulator } from '../../src/emulator';
import { quotas } from '../../src/model/quotas';
import { callsThrough } from '../../src/runtime/work/calls';
import { comment, type Result, seconds, startDelivery } from './local';

const devices = 20;
const alarms = 1000;

/** How long so many requests of an operation take by its quota alone. */
const idealMs = ({ perSecond, burst }: { perSecond: number; burst: number }, requests: number): number =>
  (Math.max(0, requests - burst) / perSecond) * 1000;

const field = (id: string, text: string) => ({ id, value: { stringValue: text } });

/** Alarms that name a device, at once, at the quotas of a new account: each gets its case, and becomes a comment of it. */
export async function alarmsToCases(): Promise<Result[]> {
  const sent = new Map<string, number>();
  const emulator = await startEmulator({
    limits: 'unlimited',
    onRequest: ({ operation }) => sent.set(operation, (sent.get(operation) ?? 0) + 1),
  });
  const credentials = { accessKeyId: 'AKIDBENCH', secretAccessKey: 'bench' };
  const client = new ConnectCasesClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
  const delivery = createDelivery(casesService(client, 10), {
    rate: 'auto',
    burst: 10,
    maxWaiting: 200_000,
    deadlineSeconds: 0,
    timeoutSeconds: 10,
    ambiguous: 'verify',
  });
  const items = startDelivery(emulator.url);
  const context = {
    call: callsThrough(delivery),
    known: new KnownCases(),
    now: () => performance.now(),
  };
  const { domainId, alarmTemplateId: templateId, fields } = demo;
  const began = performance.now();
  let casesMs = 0;
  await Promise.all(
    Array.from({ length: alarms }, async (_, index) => {
      const device = field(fields.machine, `device ${index % devices}`);
      const title = field('title', `Alarm ${index}`);
      const { found } = await findOrCreate(context, {
        id: `alarm-${index}`,
        scope: emulator.url,
        domainId,
        match: [device],
        statuses: 'notClosed',
        rememberMs: 60_000,
        create: { domainId, templateId, fields: [title, device] },
      });
      casesMs = performance.now() - began;
      await items.deliver(comment(found?.caseId, `Alarm ${index} of ${device.value.stringValue}`), {
        merge: true,
      });
    }),
  );
  const ms = performance.now() - began;
  const opened = [...emulator.service.state.cases.values()].filter(({ fields: all }) => all[fields.machine]);
  const comments = opened.flatMap((each) => each.items).length;
  await items.end();
  await delivery.close(0);
  client.destroy();
  await emulator.close();
  const ideal = Math.max(idealMs(quotas.SearchCases, devices), idealMs(quotas.CreateCase, devices));
  const requests = ['SearchCases', 'CreateCase', 'GetCase', 'CreateRelatedItem']
    .map((operation) => `${sent.get(operation)} ${operation}`)
    .join(', ');
  return [
    {
      name: `${alarms.toLocaleString('en')} alarms for ${devices} devices at the default quotas`,
      plain: '',
      ours: `${opened.length} cases, known to all after ${seconds(casesMs)} (the quotas allow it in ${seconds(ideal)}); ${comments} merged comments after ${seconds(ms)}; ${requests}`,
      toReach: `${devices} cases, within 1.5 x of the quotas' time`,
      reached: opened.length === devices && casesMs <= 1.5 * ideal,
    },
  ];
}
