import type { DeliveryRules } from '../../definition/delivery-rules';
import type { Fields, Values } from '../../definition/field';
import type { Delivered, TaskContext } from '../../delivery/delivery';
import type { CasesError } from '../../errors/errors';
import type { Input, OperationName } from '../../model/operations';
import type { DomainSettings } from '../config/settings';
import type { Status } from '../status-words';
import type { WorkDomain } from './work-domain';

/** What a message goes on with. */
export interface Result {
  /** What was done, as a list in the log says it: `created as arn:…`. */
  readonly outcome: string;
  /** The outcome as the beginning of a sentence, where that is another one: `The item arn:… was created`. */
  readonly summary?: string;
  readonly status: Status;
  /** What goes into the property that the node names; left out: nothing does. */
  readonly output?: { readonly value: unknown; readonly name: string };
  /** One message for each of these in place of one with the output. */
  readonly parts?: readonly unknown[];
  /** Properties of the message that are set besides. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Which output of the node the message leaves by; left out: the first. */
  readonly port?: number;
}

/** What is done with the messages of one node of the palette. */
interface AnyWork<Given> {
  /** Of the node. */
  readonly base: string;
  /** The fields that may be parts of one object in the message, which holds the exact form of AWS instead. */
  readonly parts?: Fields;
  /**
   * What a message asks for, as plain data that can be written down; fields may still be called by their names. Throws
   * `INVALID_INPUT` or `NOT_CONFIGURED`.
   */
  toInput(values: Values, domain: DomainSettings): Given;
}

/** A message that becomes one request. */
export interface RequestWork<Name extends OperationName = OperationName, Given = unknown>
  extends AnyWork<Given> {
  /** Stands in what is written down, as the task of others does: a work is found there again by it, and by its type. */
  readonly operation: Name;
  /** Of the items that it makes: tells the works of one operation apart. */
  readonly type?: string;
  /** How it is delivered; with `keep`, nothing is sent where it is there already. */
  rules(keep: boolean): DeliveryRules<Name>;
  /** The request with the ids of all that it calls by name. Rejects with a `CasesError`. */
  prepare?(input: Given, domain: WorkDomain): Promise<Input<Name>>;
  toResult(delivered: Delivered<Name>): Result;
  /** The case that whoever wants it may have to look for anew after this; undefined: none. */
  updates?(input: Given): string | undefined;
  /** Tells the domain what other messages have to know of it. */
  ended?(
    input: Given,
    end: { readonly delivered: Delivered<Name> } | { readonly error: CasesError },
    domain: WorkDomain,
  ): void;
}

/** A message that takes several requests, or may. */
export interface TaskWork<Given = unknown, Found = unknown> extends AnyWork<Given> {
  /** Stands in what is written down, so it never changes. */
  readonly task: string;
  /** May run again from its beginning, as after a restart. Rejects with a `CasesError`. */
  run(input: Given, domain: WorkDomain, context: TaskContext): Promise<Found>;
  toResult(found: Found, input: Given): Result;
}

export type Work = RequestWork | TaskWork;
