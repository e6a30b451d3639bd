import type { Verify } from '../../definition/delivery-rules';
import type { Input } from '../../model/operations';
import type { Claim } from './claim';

type Request = Input<'CreateRelatedItem'>;

/** A request whose item can be recognised, with its right to one. */
export interface Claimed {
  readonly rules: Verify<Request>;
  readonly input: Request;
  readonly claim: Claim;
}

/** A request whose answer was lost. */
export interface LostRequest extends Claimed {
  /** Gives when the last request was given up; known as well as it can be once the service has answered. */
  readonly lostAt: () => number;
  /** How many times it was sent. */
  readonly attempts: number;
}
