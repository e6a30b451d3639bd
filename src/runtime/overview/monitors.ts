import type { NodeAPI } from 'node-red';
import { DomainMonitor } from './counting/domain-monitor';
import { FailureList } from './failures/failure-list';

/** What is known of the domain nodes of a Node-RED; a deploy sets nothing of it back. */
export class Monitors {
  readonly failures = new FailureList();
  readonly #byId = new Map<string, DomainMonitor>();

  /** The counts of a domain node, from now on if there were none. */
  of(domainNodeId: string): DomainMonitor {
    let monitor = this.#byId.get(domainNodeId);
    if (!monitor) {
      monitor = new DomainMonitor((message, end) => {
        // What somebody dropped did not fail.
        if ('error' in end && end.error.code !== 'DROPPED') this.failures.add(message, end);
      });
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

/** What is known of the domain nodes of this Node-RED. */
export function monitors({ events }: NodeAPI): Monitors {
  let monitors = monitorsOf.get(events);
  if (!monitors) {
    monitors = new Monitors();
    monitorsOf.set(events, monitors);
  }
  return monitors;
}
