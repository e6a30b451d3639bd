import type { NodeAPI, NodeMessage } from 'node-red';
import type { CasesError, ErrorReport } from '../../errors/errors';
import { describe } from '../../model/describe';
import type { Result } from '../work/work';

type Message = NodeMessage & { casesError?: ErrorReport };

/** The messages that a node passes on, and whether each has the result in the property that the node names. */
interface MessagesWithResult {
  readonly messages: NodeMessage[];
  readonly hasOutput: boolean;
}

/**
 * The incoming message with its result, or one for each part of it. One that can't be written to (frozen, for example)
 * is passed on as a copy. Never throws.
 */
export function withResult(
  RED: NodeAPI,
  msg: Message,
  output: string | undefined,
  { output: result, parts, properties }: Result,
): MessagesWithResult {
  const put = (target: NodeMessage, value: unknown) =>
    output === undefined || setOutput(RED, target, output, value);
  if (parts) {
    const { _msgid: id } = msg;
    const whole: Message & { parts?: unknown } = copyable(
      RED,
      write(msg, (target) => delete target.casesError),
    );
    const messages = parts.map((value, index) => {
      const copy: NodeMessage = RED.util.cloneMessage(whole);
      // What was in `msg.parts` can be had again by a Join node, as Split does it.
      const outer = whole.parts ? { parts: whole.parts } : {};
      Object.assign(copy, { parts: { id, type: 'array', index, count: parts.length, ...outer } });
      return [copy, put(copy, value)] as const;
    });
    return {
      messages: messages.map(([each]) => each),
      hasOutput: messages.every(([, hasOutput]) => hasOutput),
    };
  }
  const written = write(msg, (target) => {
    delete target.casesError;
    Object.assign(target, properties);
  });
  return { messages: [written], hasOutput: !result || put(written, result.value) };
}

/** False where the message has something else in the way, such as a text where the output names a member of it. */
function setOutput(RED: NodeAPI, msg: NodeMessage, output: string, value: unknown): boolean {
  try {
    RED.util.setMessageProperty(msg, output, value, true);
    return RED.util.getMessageProperty(msg, output) === value;
  } catch {
    return false;
  }
}

/** The incoming message with `msg.casesError`; a copy where it can't be written to. Never throws. */
export function withError(msg: Message, error: CasesError, operation: string): NodeMessage {
  return write(msg, (target) => {
    target.casesError = error.report(operation);
  });
}

/** `msg` where Node-RED can copy it, else a new message without the properties that it can't. Never throws. */
export function copyable(RED: NodeAPI, msg: NodeMessage): NodeMessage {
  const copy = pick(msg, (value, name) => {
    // Node-RED does not copy these of the HTTP nodes either.
    if (name !== 'req' && name !== 'res') RED.util.cloneMessage({ value } as NodeMessage);
  });
  return Object.keys(copy).length === namesOf(msg).length ? msg : copy;
}

/** A new message with the properties of `msg` that can be read. Never throws. */
export const readable = (msg: NodeMessage): NodeMessage => pick(msg, () => {});

/** The id of a message in words. Never throws. */
export function idOf(msg: NodeMessage): string {
  const { _msgid } = readable(msg);
  return typeof _msgid === 'string' ? _msgid : describe(_msgid);
}

function write(msg: Message, change: (target: Message) => void): NodeMessage {
  try {
    change(msg);
    return msg;
  } catch {
    const copy = readable(msg);
    change(copy);
    return copy;
  }
}

/** The properties of `msg` that can be read, and pass `test` without an error. */
function pick(msg: Message, test: (value: unknown, name: string) => void): Message {
  const picked: (readonly [string, unknown])[] = [];
  for (const name of namesOf(msg)) {
    try {
      const value = (msg as Record<string, unknown>)[name];
      test(value, name);
      picked.push([name, value]);
    } catch {
      // It stays behind.
    }
  }
  // Not assigned one by one: a property may be called `__proto__`.
  return Object.fromEntries(picked) as unknown as Message;
}

function namesOf(msg: object): readonly string[] {
  try {
    return Object.keys(msg);
  } catch {
    return [];
  }
}
