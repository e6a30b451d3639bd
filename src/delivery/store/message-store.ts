/** A message from the moment at which a node accepts it until its result has been handed on: a plain record. */
export interface StoredMessage {
  /** Unique for ever. */
  readonly id: string;
  /** The domain node through which it is delivered. */
  readonly domainNodeId: string;
  /** The node that passes its result on, now or after a deploy or a restart. */
  readonly nodeId: string;
  readonly msg: unknown;
  /** Operation of the API. */
  readonly operation: string;
  readonly input: unknown;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** Requests sent so far. */
  readonly attempts: number;
  /** When the last of them went out, in milliseconds since 1970; nobody knows yet what became of it. */
  readonly lastSentAt?: number;
}

/** Where waiting messages are kept. Never rejects for a fault of the medium: what can't be kept is told once. */
export interface MessageStore {
  /** Whether what it keeps survives a crash, as far as is known now. */
  readonly durable: boolean;
  /** What was left by the last run of a domain node, in the order in which it came. */
  load(domainNodeId: string): Promise<readonly StoredMessage[]>;
  /** Keeps a message; one more in the same turn of the event loop costs next to nothing. */
  add(message: StoredMessage): void;
  /** To be awaited before each request: then the message and that it is in doubt would survive a crash. */
  sending(id: string, attempts: number, at: number): Promise<void>;
  /** Its result has been handed on. */
  remove(id: string): void;
  /** Resolves once all that was given to it is kept. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
