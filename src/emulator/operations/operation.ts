import type { StructureSchema } from '../../model/schema';
import type { Caller } from '../state/state';
import type { Run, World } from './world';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{label}`s, without a trailing slash. */
  readonly path: string;
  readonly input: StructureSchema;
  /** Members that come in the query string. */
  readonly query: readonly string[];
  /** The operation whose IAM action it needs, if not its own. */
  readonly action?: string;
  /** Whether policies can tell it by `cases:IsBatchAction`. */
  readonly isBatch?: true;
  /** Whether the service's model does not have it: it is made from the documents alone. */
  readonly fromDocuments?: true;
  /** Does the work for a request that `input` accepts. Throws a `ServiceError` for the service's other refusals. */
  run(world: World, request: unknown, caller: Caller): object;
}

/** `route` is method and path, as in the service's model. */
export function operation<Request>(
  route: `${Operation['method']} /${string}`,
  input: StructureSchema,
  run: Run<Request, object>,
  query: readonly string[] = [],
): Operation {
  const [method, path] = route.split(' ') as [Operation['method'], string];
  return {
    method,
    path,
    input,
    query,
    run: (world, request, caller) => run(world, request as Request, caller),
  };
}
