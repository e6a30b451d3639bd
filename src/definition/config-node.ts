import type { Condition, Fields } from './field';

/** One type of config node. */
export interface ConfigNode {
  /** Name of its files in nodes, icons, locales, examples, test and dist. */
  readonly base: string;
  /** Properties kept in the flow file. */
  readonly fields: Fields;
  /** Properties kept in Node-RED's credential store, never in the flow file. */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /** The property that is marked for a wrong secret too: Node-RED marks a node for its properties only. */
  readonly marksSecrets?: string;
}

/** A property of the credential store. */
interface Secret {
  /** A password never travels to the editor. */
  readonly kind: 'text' | 'password';
  readonly optional?: true;
  readonly when?: Condition;
}
