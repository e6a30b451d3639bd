import type { Behaviour, EmulatorOptions } from './api';
import type { OperationName } from './operations';
import { requireActions } from './operations/actions';
import type { CasesService } from './service';
import { createFaults, type Fault, parseFaults } from './wire/faults';
import { createThrottle, requireQuota, type Throttle } from './wire/quota';

/** How a running service behaves, and what changes that. */
export interface Controls {
  readonly behaviour: Behaviour;
  readonly throttle: Throttle;
  /** The fault that hits the next request of an operation. */
  nextFault(operation: OperationName): Fault | undefined;
  /** Changes some of it. Throws for what is no fault, quota or action, and changes nothing. */
  behave(changes: Partial<Behaviour>): void;
}

/** The controls of `service`, set as `options` say. `seed` makes the faults repeatable. */
export function createControls(service: CasesService, { seed = 1, ...options }: EmulatorOptions): Controls {
  const throttle = createThrottle(undefined, service.now);
  let behaviour: Behaviour = { faults: [], latencyMs: 0, quota: undefined, deny: [], offline: false };
  let nextFault: Controls['nextFault'] = () => undefined;

  const behave = (changes: Partial<Behaviour>): void => {
    const { faults, quota, deny, latencyMs = behaviour.latencyMs, offline = behaviour.offline } = changes;
    const parsed = faults && parseFaults(faults);
    if (quota !== undefined) requireQuota(quota);
    if (deny) requireActions(deny);
    if (!(latencyMs >= 0)) throw new Error(`latencyMs has to be a number from 0, not '${latencyMs}'`);
    if (parsed) {
      service.lagSeconds = parsed.lagSeconds;
      nextFault = createFaults(parsed.faults, seed, ({ text }) => {
        behaviour = { ...behaviour, faults: behaviour.faults.filter((fault) => fault !== text) };
      });
    }
    if ('quota' in changes) throttle.set(quota);
    if (deny) service.denied = new Set(deny);
    behaviour = {
      faults: faults ?? behaviour.faults,
      latencyMs,
      quota: 'quota' in changes ? quota : behaviour.quota,
      deny: deny ?? behaviour.deny,
      offline,
    };
  };
  behave(options);
  return {
    get behaviour() {
      return behaviour;
    },
    throttle,
    nextFault: (operation) => nextFault(operation),
    behave,
  };
}
