import type { OverviewRoute } from '../../definition/overview/protocol';

/** Entries of a page at most. */
export const longestPage = 100;
/** Ids in one request at most: as many as the list of what failed can have. */
const mostIds = 500;

type Test = (value: unknown) => boolean;

const text: Test = (value) => typeof value === 'string';
const flag: Test = (value) => typeof value === 'boolean';
const wholeNumber =
  (min: number, max: number): Test =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
const ids: Test = (value) =>
  value === 'all' || (Array.isArray(value) && value.length <= mostIds && value.every(text));
const dropped: Test = (value) =>
  value === 'all' || isObjectOf(value, { message: text }) || isObjectOf(value, { group: text });
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);

type Members = Readonly<Record<string, Test>>;

const page: Members = {
  skip: optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  limit: optional(wholeNumber(1, longestPage)),
  nodeId: optional(text),
  plain: optional(flag),
};

/** The members of each request; it has no others. */
const requests: Readonly<Record<OverviewRoute, Members>> = {
  figures: {},
  watch: {},
  waiting: { domain: text, ...page },
  failures: page,
  message: { id: text, plain: optional(flag) },
  pause: { domain: text },
  resume: { domain: text },
  drop: { domain: text, what: dropped },
  sendAgain: { ids, evenTwice: optional(flag) },
  dropFailures: { ids },
};

/** Whether what came is what our own editor sends to this route. */
export const isRequest = (route: OverviewRoute, asked: unknown): asked is object =>
  isObjectOf(asked, requests[route]);

function isObjectOf(value: unknown, members: Members): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return (
    Object.keys(given).every((name) => Object.hasOwn(members, name)) &&
    Object.entries(members).every(([name, test]) => test(given[name]))
  );
}
