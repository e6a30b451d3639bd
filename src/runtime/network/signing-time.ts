import type { HttpRequest, Pluggable } from '@smithy/types';

/**
 * Adds to the error of a refused request when it was signed (`signedAt`): whether that was far from the service's time
 * can't be told from the clock, which may have been set meanwhile.
 */
export const noteSigningTime = <Input extends object, Output extends object>(): Pluggable<Input, Output> => ({
  applyToStack: (stack) =>
    stack.add(
      (next) => (args) =>
        next(args).catch((error: unknown) => {
          const { headers } = args.request as HttpRequest;
          throw error instanceof Error
            ? Object.assign(error, { signedAt: timeOf(headers['x-amz-date']) })
            : error;
        }),
      { step: 'deserialize', priority: 'high', name: 'noteSigningTime', override: true },
    ),
});

/** Milliseconds since 1970 of `20261126T023000Z`; not a number for what is no such text. */
const timeOf = (stamp = ''): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
