import type { Call } from '../../cases/call';
import { caseRules } from '../../cases/rules';
import type { Delivery } from '../../delivery/delivery';
import { CasesError } from '../../errors/errors';

/** Calls of the service's operations by way of a delivery. An error says which operation it is about. */
export const callsThrough =
  (delivery: Pick<Delivery, 'deliver'>): Call =>
  async (operation, input) => {
    try {
      return (await delivery.deliver(caseRules[operation], input)).output;
    } catch (error) {
      if (!(error instanceof CasesError)) throw error;
      throw error.with({ operation });
    }
  };
