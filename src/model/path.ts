import type { Problem } from './schema';
import { shorten } from './text';

/** `path` followed by `name`, quoted where it would not read as a plain member. */
export const member = (path: string, name: string): string => joined(path, asMember(name));

/** A problem of the value itself. */
export const here = (rule: Problem['rule'], params: Problem['params'] = {}): Problem => ({
  path: '',
  rule,
  params,
});

/** `problem` of a part as one of the whole that has the part at `path`. */
export const under = (path: string, problem: Problem): Problem => ({
  ...problem,
  path: joined(path, problem.path),
});

const asMember = (name: string): string =>
  /^[A-Za-z_$][\w$-]*$/.test(name) ? name : `[${JSON.stringify(shorten(name))}]`;

/** `custom` and `fields[2].value` as one path; both may be empty. */
const joined = (path: string, rest: string): string =>
  path === '' || rest === '' || rest.startsWith('[') ? path + rest : `${path}.${rest}`;
