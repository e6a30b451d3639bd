/** A message from the moment at which a node accepts it until its result has been handed on: a plain record. */
export interface StoredMessage {
  /** Unique for ever. */
  readonly id: string;
  /** The domain node through which it is delivered. */
  readonly domainNodeId: string;
  /** The node that passes its result on, now or after a deploy or a restart. */
  readonly nodeId: string;
  readonly msg: unknown;
  /** Operation of the API, or the name of a task. */
  readonly operation: string;
  readonly input: unknown;
  /** It may go out together with others. */
  readonly merge?: boolean;
  /** Nothing is sent where the case has such an item already. */
  readonly keep?: boolean;
  /** By the clock of the store, in milliseconds. */
  readonly acceptedAt: number;
  /** Requests sent so far. */
  readonly attempts: number;
  /** There while a request is in doubt: it went out, and nobody knows yet what became of it. */
  readonly doubt?: Doubt;
  /** There once its end is known but could not be handed on. */
  readonly end?: unknown;
}

/** What has to be known of a request in doubt to find out whether it was carried out. */
export interface Doubt {
  /** When it first went out, by the service's clock, in milliseconds since 1970; early where that was not known well. */
  readonly firstSentAt: number;
  /** When it last did; infinity where the service's clock was not known. */
  readonly lastSentAt: number;
  /** The first of the messages that share it. */
  readonly packedWith: string;
  /** Items that look like the one that it makes and are surely those of other messages. */
  readonly notMine: readonly OwnedItem[];
}

/** An item, and the message whose it is: of several that shared a request, the first. */
export interface OwnedItem {
  readonly itemId: string;
  readonly owner: string;
}

/** A request that is about to go out. */
export interface SentRequest extends Omit<Doubt, 'packedWith'> {
  /** The messages that share it, the first of them first, each with how many requests were sent for it, this one included. */
  readonly messages: readonly { readonly id: string; readonly attempts: number }[];
}

/** A fact that has to survive for a while. */
export interface Note {
  readonly key: string;
  /** Anything that structured clone takes. */
  readonly value: unknown;
  /** How much longer it counts, in milliseconds. */
  readonly leftMs: number;
}

/** Where waiting messages are kept. Never rejects for a fault of the medium: what can't be kept is told once. */
export interface MessageStore {
  /** Whether what it keeps survives a crash, as far as is known now. */
  readonly durable: boolean;
  /** Whether the next delivery of a domain node gets what the last one leaves. */
  readonly handsOver: boolean;
  /** Its clock, in milliseconds, roughly those since 1970: it never goes back and never jumps, restarts included. */
  now(): number;
  /** When the process before this one last wrote something, by that clock; minus infinity: there was none. */
  lastRunAt(): Promise<number>;
  /**
   * What was left by the last run of a domain node, in the order in which it came, but for what this process knows
   * the end of. What can't be read yet, as on a disk that is not there, goes to `late` once it can be.
   */
  load(
    domainNodeId: string,
    late?: (messages: readonly StoredMessage[]) => void,
  ): Promise<readonly StoredMessage[]>;
  /** Keeps a message; one more in the same turn of the event loop costs next to nothing. */
  add(message: StoredMessage): void;
  /** To be awaited before each request: then its messages and that they are in doubt would survive a crash. */
  sending(request: SentRequest): Promise<void>;
  /** The last request of these messages was surely not carried out: they are in doubt no more. */
  notCarriedOut(ids: readonly string[]): void;
  /** Its end, a plain value, is known but can't be handed on yet: this process does not load it any more. */
  ended(id: string, end: unknown): void;
  /** Its result has been handed on; it may come back for a moment, in which the next node is not sure to have it kept. */
  remove(id: string): void;
  /** Keeps a fact for some time, in place of one with the same key. */
  note(key: string, value: unknown, forMs: number): void;
  /** The facts that still count; `late` gets them once more where some can't be read yet, and before any late message. */
  notes(late?: (notes: readonly Note[]) => void): Promise<readonly Note[]>;
  /** Resolves once all that was given to it is kept, and what was removed is gone. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
