import type { Call } from '../../cases/call';
import { caseRules } from '../../cases/rules';
import type { Delivery } from '../../delivery';
import { CasesError } from '../../errors/errors';

/** Calls of the case nodes through the delivery of their domain. An error says which operation it is about. */
export const callsThrough =
  (delivery: Delivery): Call =>
  async (operation, input) => {
    try {
      return (await delivery.deliver(caseRules[operation], input)).output;
    } catch (error) {
      if (!(error instanceof CasesError)) throw error;
      throw new CasesError(error.code, error.message, { ...error.details, operation });
    }
  };
