import type { NodeAPI } from 'node-red';
import { DomainMonitor } from './counting/domain-monitor';

/** Counts of the domain nodes by their ids; a deploy does not set them back. */
export class Monitors {
  readonly #byId = new Map<string, DomainMonitor>();

  /** The counts of a domain node, from now on if there were none. */
  of(domainNodeId: string): DomainMonitor {
    let monitor = this.#byId.get(domainNodeId);
    if (!monitor) {
      monitor = new DomainMonitor();
      this.#byId.set(domainNodeId, monitor);
    }
    return monitor;
  }

  /** The domain node was deleted. */
  forget(domainNodeId: string): void {
    this.#byId.delete(domainNodeId);
  }
}

const monitorsOf = new WeakMap<NodeAPI['events'], Monitors>();

/** The counts of all domain nodes of a Node-RED. */
export function monitors({ events }: NodeAPI): Monitors {
  let monitors = monitorsOf.get(events);
  if (!monitors) {
    monitors = new Monitors();
    monitorsOf.set(events, monitors);
  }
  return monitors;
}
