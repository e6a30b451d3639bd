import { setTimeout as pause } from 'node:timers/promises';
import {
  comment,
  percent,
  plainClient,
  type Result,
  seconds,
  sendPlain,
  startDelivery,
  startLocal,
} from './local';

const quota = { perSecond: 10, burst: 20 };
const count = 300;
/** What the quota alone allows. */
const idealMs = ((count - quota.burst) / quota.perSecond) * 1000;

/** 300 comments at once: the SDK's two modes, the pace found and the pace known. */
export async function burstOfComments(): Promise<Result[]> {
  const [standard, adaptive] = [await plainBurst('standard'), await plainBurst('adaptive')];
  const [auto, known] = await Promise.all([
    ourBurst({ rate: 'auto' }),
    ourBurst({ rate: quota.perSecond, burst: quota.burst }),
  ]);
  const plain = `${standard} (standard), ${adaptive} (adaptive) delivered`;
  const say = ({ delivered, ms, refused }: typeof auto) =>
    `${delivered} in ${seconds(ms)} (${(ms / idealMs).toFixed(2)} x), ${percent(refused)} refused`;
  return [
    {
      name: '300 comments, 10/s, burst 20, rate auto',
      plain,
      ours: say(auto),
      toReach: '300, 1.10 x, at most 5 % refused',
      reached: auto.delivered === count && auto.ms <= 1.1 * idealMs && auto.refused <= 0.05,
    },
    {
      name: 'the same, rate and burst known',
      plain,
      ours: say(known),
      toReach: '300, 1.03 x, none refused',
      reached: known.delivered === count && known.ms <= 1.03 * idealMs && known.refused === 0,
    },
  ];
}

const requestsFor = (caseIds: readonly string[]) =>
  Array.from({ length: count }, (_, index) => comment(caseIds[index % caseIds.length], `comment ${index}`));

async function plainBurst(mode: 'standard' | 'adaptive'): Promise<number> {
  const local = await startLocal(10, { quota });
  const delivered = await sendPlain(plainClient(local.emulator.url, mode), requestsFor(local.caseIds));
  await local.close();
  return delivered;
}

async function ourBurst(settings: Parameters<typeof startDelivery>[1]) {
  const local = await startLocal(10, { quota });
  const delivery = startDelivery(local.emulator.url, settings);
  const began = performance.now();
  const results = await Promise.allSettled(
    requestsFor(local.caseIds).map((request) => delivery.deliver(request)),
  );
  const ms = performance.now() - began;
  await delivery.end();
  await local.close();
  const refused =
    (local.answers.get(429) ?? 0) / ((local.answers.get(200) ?? 0) + (local.answers.get(429) ?? 0));
  return { delivered: results.filter(({ status }) => status === 'fulfilled').length, ms, refused };
}

/** The quota goes up while `auto` runs: when the new pace is found, over two seconds. */
export async function raisedQuota(): Promise<Result[]> {
  const local = await startLocal(20, { quota });
  const delivery = startDelivery(local.emulator.url);
  const answered: number[] = [];
  for (let index = 0; index < 1500; index += 1) {
    delivery.deliver(comment(local.caseIds[index % 20], `${index}`)).then(
      () => answered.push(performance.now()),
      () => undefined,
    );
  }
  await pause(20_000);
  local.emulator.setQuota({ perSecond: 50, burst: 100 });
  const raisedAt = performance.now();
  await pause(20_000);
  await delivery.end();
  await local.close();
  const between = (from: number, to: number) =>
    answered.filter((at) => at > raisedAt + from * 1000 && at <= raisedAt + to * 1000).length;
  const foundAfter = Array.from({ length: 17 }, (_, second) => second).find(
    (second) => between(second, second + 2) >= 2 * 45,
  );
  return [
    {
      name: 'quota raised from 10/s to 50/s',
      plain: '',
      ours: `45/s after ${foundAfter ?? '> 17'} s, then ${(between(10, 20) / 10).toFixed(1)}/s`,
      toReach: '45/s within 10 s',
      reached: foundAfter !== undefined && foundAfter <= 10,
    },
  ];
}

/** An alert storm on ten cases, with comments that may go out together. */
export async function alertStorm(): Promise<Result[]> {
  const storm = { perSecond: 2, burst: 10 };
  const local = await startLocal(10, { quota: storm });
  const requests = Array.from({ length: 1000 }, (_, index) =>
    comment(
      local.caseIds[index % 10],
      `Alert ${index}: the temperature of freezer ${index % 10} is above -12 °C.`,
    ),
  );
  const plainLocal = await startLocal(10, { quota: storm });
  const plain = sendPlain(
    plainClient(plainLocal.emulator.url),
    requests.map((request) => ({ ...request })),
  );
  const delivery = startDelivery(local.emulator.url);
  const began = performance.now();
  const results = await Promise.allSettled(
    requests.map((request) => delivery.deliver(request, { merge: true })),
  );
  const ms = performance.now() - began;
  const delivered = results.filter(({ status }) => status === 'fulfilled').length;
  const sent = [...local.answers.values()].reduce((sum, each) => sum + each, 0);
  await delivery.end();
  await local.close();
  const plainDelivered = await plain;
  await plainLocal.close();
  return [
    {
      name: '1,000 comments on 10 cases, 2/s, burst 10, merge',
      plain: `${plainDelivered} delivered`,
      ours: `${delivered} delivered by ${sent} requests in ${seconds(ms)}`,
      toReach: '1000 by fewer than 40',
      reached: delivered === 1000 && sent < 40,
    },
  ];
}
