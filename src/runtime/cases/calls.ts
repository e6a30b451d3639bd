import type { Call } from '../../cases/call';
import { caseRules } from '../../cases/rules';
import type { Delivery } from '../../delivery';
import { CasesError } from '../../errors/errors';

const known = new WeakMap<Delivery, Call>();

/** Calls of the case nodes through the delivery of their domain, always the same function for the same delivery. */
export function callsThrough(delivery: Delivery): Call {
  let call = known.get(delivery);
  if (!call) {
    call = newCall(delivery);
    known.set(delivery, call);
  }
  return call;
}

/** An error says which operation it is about. */
const newCall =
  (delivery: Delivery): Call =>
  async (operation, input) => {
    try {
      return (await delivery.deliver(caseRules[operation], input)).output;
    } catch (error) {
      if (!(error instanceof CasesError)) throw error;
      throw new CasesError(error.code, error.message, { ...error.details, operation });
    }
  };
