import { classify, type Failure } from '../../delivery/service/outcome';
import { because, type Reason } from '../../errors/reasons';

/** What `run` gave, or why it failed. What passes by itself, such as a clock that was just corrected, is tried again. */
export async function attempt<Found>(
  run: () => Promise<Found>,
  action: string,
): Promise<{ readonly found: Found } | { readonly failure: Failure }> {
  const once = () =>
    run().then(
      (found) => ({ found }),
      (thrown: unknown) => ({ failure: classify(thrown, action) }),
    );
  const first = await once();
  return 'failure' in first && first.failure.cause === 'transient' ? once() : first;
}

/** Why it failed, for the editor to say. */
export const reasonOf = ({ error }: Failure): Reason =>
  error.reason ?? because('unexpected', { code: error.code });
