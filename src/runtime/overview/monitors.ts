import { randomUUID } from 'node:crypto';
import type { Node } from 'node-red';
import type { CasesError } from '../../errors/errors';
import { perNodeRed } from '../per-node-red';
import { DomainMonitor } from './counting/domain-monitor';
import { errorWords } from './error-words';
import { FailureList } from './failures/failure-list';
import { CaseTitles } from './titles';

/** A message that its node refused: it never was in a queue. */
interface RefusedMessage {
  readonly node: Node;
  readonly domainNodeId: string | undefined;
  readonly operation: string;
  readonly msg: unknown;
}

/** What is known of the domain nodes of a Node-RED; a deploy sets nothing of it back. */
export class Monitors {
  readonly failures = new FailureList();
  readonly titles = new CaseTitles();
  readonly #byId = new Map<string, DomainMonitor>();

  /** The counts of a domain node, from now on if there were none. */
  of(domainNodeId: string): DomainMonitor {
    let monitor = this.#byId.get(domainNodeId);
    if (!monitor) {
      monitor = new DomainMonitor(this);
      this.#byId.set(domainNodeId, monitor);
    }
    return monitor;
  }

  /** A node has refused a message. */
  refused({ node, domainNodeId = '', operation, msg }: RefusedMessage, error: CasesError): void {
    this.#byId.get(domainNodeId)?.failed(error);
    const message = { id: randomUUID(), domainNodeId, nodeId: node.id, operation, msg };
    this.failures.add(message, { error: errorWords(error) });
  }

  /** The domain node was deleted. */
  forget(domainNodeId: string): void {
    this.#byId.delete(domainNodeId);
  }
}

/** What is known of the domain nodes of this Node-RED. */
export const monitors = perNodeRed(() => new Monitors());
