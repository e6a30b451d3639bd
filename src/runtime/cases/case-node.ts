import type { Node, NodeAPI, NodeMessage, NodeStatus } from 'node-red';
import type { Action } from '../../definition/action';
import type { Field, Fields, Values } from '../../definition/field';
import { CasesError } from '../../errors/errors';
import { reason } from '../../mapping/reading';
import { describe } from '../../model/describe';
import { afterDeploy, flowsStop } from '../after-deploy';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { inWords } from '../item/in-words';
import { prepareItemFields } from '../item/item-fields';
import { asCasesError, type ItemConfig, type Outlet, outletOf, refuse } from '../item/item-node';
import { idOf, outputProperty, setOutput } from '../item/message';
import { statusLine } from '../status';
import { errorStatus, underWayStatus } from '../status-words';
import { findCases } from './find-cases';
import { findOrCreateCase } from './find-or-create-case';
import { getCase } from './get-case';
import { updateCase } from './update-case';

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

/** What a case node does with a message. Rejects with a `CasesError`. */
export type CaseProcess = (context: CaseContext) => Promise<CaseOutcome>;

const processes: Readonly<Record<string, CaseProcess>> = {
  'find-or-create-case': findOrCreateCase,
  'find-cases': findCases,
  'get-case': getCase,
  'update-case': updateCase,
};

/** Runs one case node: each message goes on with what was found or done, or goes to Catch. Nothing here throws. */
export function startCaseNode(RED: NodeAPI, node: Node, config: ItemConfig, action: Action): void {
  const process = processes[action.base] as CaseProcess;
  const readFields = prepareItemFields(RED, node, config, shownFields(action.fields, config));
  const line = statusLine(node);
  let underWay = 0;
  let closed = false;

  try {
    checkedConfig();
    findConfigNode<DomainNode>(RED, 'domain', config.domain).settings();
  } catch (cause) {
    const error = asCasesError(cause);
    line.show(() => errorStatus(error));
  }

  node.on('input', (msg, send, done) => {
    underWay += 1;
    showUnderWay();
    const settle = (status: NodeStatus, outcome: string, to: (outlet: Outlet) => void) => {
      underWay -= 1;
      if (underWay > 0) showUnderWay();
      else line.show(() => status);
      if (!closed) return to({ node, send, done: (error) => done(error as never) });
      const tell = (heir: Node) => to(outletOf(heir, msg));
      afterDeploy(RED, { nodeId: node.id, messageId: idOf(msg), outcome, tell });
    };
    carryOut(msg).then(
      (ended) => settle(ended.status, ended.outcome, (outlet) => passOn(outlet, msg, ended)),
      (cause) => {
        const error = withOperation(inWords(asCasesError(cause), action.fields, config), action.operation);
        settle(errorStatus(error), `${error.code}, created: ${error.created}`, (outlet) =>
          refuse(RED, outlet, msg, error),
        );
      },
    );
  });
  node.on('close', () => {
    closed = true;
    flowsStop(RED);
    line.close();
  });

  async function carryOut(msg: NodeMessage): Promise<CaseOutcome> {
    const checked = checkedConfig();
    const domain = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    return process({ RED, domain, values: await readFields(msg), config: checked });
  }

  /** The configuration with the name of a property that can be written to. Throws `NOT_CONFIGURED`. */
  function checkedConfig(): ItemConfig {
    const { output } = action.fields;
    return output?.kind === 'text'
      ? { ...config, output: outputProperty(RED, config.output, String(output.default)) }
      : config;
  }

  function showUnderWay(): void {
    line.show(() => underWayStatus('sending', underWay));
  }
}

/** What was done stays done, so whatever goes wrong here is a warning, not a refusal. */
function passOn({ node, send, done }: Outlet, msg: NodeMessage, ended: CaseOutcome): void {
  const warn = (cause: unknown) => node.warn(`${ended.outcome}, but: ${describe(reason(cause))}`);
  let out: NodeMessage | NodeMessage[] = msg;
  try {
    out = ended.write?.(msg) ?? msg;
  } catch (cause) {
    warn(cause);
  }
  try {
    const before = new Array<null>(ended.output ?? 0).fill(null);
    send([...before, out] as unknown as NodeMessage);
    done();
  } catch (cause) {
    warn(cause);
  }
}

/** Fields that do not matter as the node is set up are not read. */
const shownFields = (fields: Fields, config: ItemConfig): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => matters(fields, field, config)));

const matters = (fields: Fields, { when }: Field, config: ItemConfig): boolean =>
  !when ||
  when.some((set) =>
    Object.entries(set).every(([name, values]) => {
      const field = fields[name];
      const chosen = config[name] ?? (field && 'default' in field ? field.default : undefined);
      return values.includes(String(chosen));
    }),
  );

/** The error with the operation that it is about, unless it says so itself. */
const withOperation = (error: CasesError, operation: string): CasesError =>
  error.details.operation
    ? error
    : new CasesError(error.code, error.message, { ...error.details, operation }, error.problem);

function put(RED: NodeAPI, msg: NodeMessage, output: string, value: unknown): void {
  if (!setOutput(RED, msg, output, value)) throw new Error(`msg.${output} can't hold the result`);
}

/** The message with a value in one of its properties. Throws where something else is in the way. */
export function withValue(RED: NodeAPI, msg: NodeMessage, output: string, value: unknown): NodeMessage {
  return written(msg, (target) => put(RED, target, output, value));
}

/** The message with all about its case in `msg.case`, and with a value in one of its properties. */
export function withCase(
  RED: NodeAPI,
  msg: NodeMessage,
  output: string | undefined,
  value: unknown,
  details: object,
): NodeMessage {
  return written(msg, (target) => {
    Object.assign(target, { case: details });
    if (output !== undefined) put(RED, target, output, value);
  });
}

/** A message that can't be written to is passed on as a copy; none carries the error of an earlier node. */
function written(
  msg: NodeMessage,
  change: (target: NodeMessage & { casesError?: unknown }) => void,
): NodeMessage {
  const write = (target: NodeMessage & { casesError?: unknown }) => {
    delete target.casesError;
    change(target);
    return target;
  };
  try {
    return write(msg);
  } catch {
    return write({ ...msg });
  }
}
