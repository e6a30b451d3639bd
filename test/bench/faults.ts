import { comment, plainClient, type Result, seconds, sendPlain, startDelivery, startLocal } from './local';

const options = { quota: 'unlimited', faults: ['lost:0.1', '500-after:0.1', '500:0.05', 'lag:1'] } as const;
const count = 500;

/** 500 comments to a service that loses answers and fails, before and after the work. */
export async function lostAnswers(): Promise<Result[]> {
  const [different, pairs] = await Promise.all([
    run((index) => `comment ${index}`),
    // Comments 0 and 1 of the first 50 pairs are the same and go to the same case.
    run((index) => `comment ${index < 100 ? index - (index % 2) : index}`),
  ]);
  return [
    { name: '500 comments, 25 % faults, reads lag 1 s', ...different },
    { name: 'the same with 50 pairs of identical comments', ...pairs },
  ];
}

async function run(body: (index: number) => string): Promise<Omit<Result, 'name'>> {
  const plain = await outcome(body, async (url, requests) => {
    return count - (await sendPlain(plainClient(url), requests));
  });
  const ours = await outcome(body, async (url, requests) => {
    // Two domain nodes for one domain, as the halves of a pair may well come through different ones.
    const deliveries = [startDelivery(url), startDelivery(url)];
    const results = await Promise.allSettled(
      requests.map((request, index) => deliveries[index % 2]?.deliver(request)),
    );
    for (const delivery of deliveries) await delivery.end();
    return results.filter(({ status }) => status === 'rejected').length;
  });
  const say = ({ items, duplicates, failures, ms }: typeof ours) =>
    `${items} items, ${duplicates} duplicates, ${failures} failures, ${seconds(ms)}`;
  return {
    plain: say(plain),
    ours: say(ours),
    toReach: `${count} items, 0 duplicates, 0 failures`,
    reached: ours.items === count && ours.duplicates === 0 && ours.failures === 0,
  };
}

async function outcome(
  body: (index: number) => string,
  deliver: (url: string, requests: ReturnType<typeof comment>[]) => Promise<number>,
) {
  const local = await startLocal(100, options);
  const requests = Array.from({ length: count }, (_, index) =>
    comment(local.caseIds[Math.floor(index / 2) % 100], body(index)),
  );
  const began = performance.now();
  const failures = await deliver(local.emulator.url, requests);
  const ms = performance.now() - began;
  const bodies = local.bodies();
  await local.close();
  const wanted = new Map<string, number>();
  for (const { content } of requests) {
    const text = String(content?.comment?.body);
    wanted.set(text, (wanted.get(text) ?? 0) + 1);
  }
  let duplicates = 0;
  for (const text of bodies) {
    const left = wanted.get(text) ?? 0;
    if (left > 0) wanted.set(text, left - 1);
    else duplicates += 1;
  }
  return { items: bodies.length, duplicates, failures, ms };
}
