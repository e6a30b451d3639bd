import type { NodeAPI, NodeMessage, NodeStatus } from 'node-red';
import type { Values } from '../../definition/field';
import type { DomainNode } from '../config/domain-node';
import type { ItemConfig } from '../item/item-node';

/** What a case node works with for one message. */
export interface CaseContext {
  readonly RED: NodeAPI;
  readonly domain: DomainNode;
  readonly values: Values;
  readonly config: ItemConfig;
}

/** How a message has ended well. */
export interface CaseOutcome {
  readonly status: NodeStatus;
  /** What the log says where the node is gone. */
  readonly outcome: string;
  /** Which output the message leaves by; 0 unless given. */
  readonly output?: number;
  /** The message that goes on, or several; left out: as it came. */
  write?(msg: NodeMessage): NodeMessage | NodeMessage[];
}

/**
 * What a case node does with a message: it looks names up, and gives what is left to do. Messages of a node are
 * prepared one after the other, so that they go on in their order. Both reject with a `CasesError` only.
 */
export type CaseProcess = (context: CaseContext) => Promise<() => Promise<CaseOutcome>>;
