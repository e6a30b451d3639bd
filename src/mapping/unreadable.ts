import { invalidInput, reason } from '../errors/errors';
import { describe } from '../model/describe';

/** `INVALID_INPUT` for a value that can't be read, with the reason. What is `sensitive` gets none that may repeat it. */
export const unreadable = (path: string, cause: unknown, sensitive = false) =>
  invalidInput({
    path,
    rule: 'unreadable',
    params: {
      got: sensitive ? 'the reason is not shown, since it may repeat the value' : describe(reason(cause)),
    },
  });
