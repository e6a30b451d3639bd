import type { Node, NodeAPI, NodeMessage, NodeStatus } from 'node-red';
import type { Action } from '../../definition/action';
import type { Field, Fields } from '../../definition/field';
import { queueFull } from '../../delivery/own-errors';
import { CasesError } from '../../errors/errors';
import { reason } from '../../mapping/unreadable';
import { describe } from '../../model/describe';
import { afterDeploy, flowsStop } from '../after-deploy';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { inWords } from '../item/in-words';
import { prepareItemFields } from '../item/item-fields';
import { asCasesError, type ItemConfig, type Outlet, outletOf, refuse } from '../item/item-node';
import { idOf, outputProperty } from '../item/message';
import { Turns } from '../item/turns';
import { statusLine } from '../status';
import { errorStatus, underWayStatus } from '../status-words';
import type { CaseOutcome, CaseProcess } from './case-process';
import { demandChoices } from './choices';
import { findCases } from './find-cases';
import { findOrCreateCase } from './find-or-create-case';
import { getCase } from './get-case';
import { updateCase } from './update-case';

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
  const turns = new Turns();
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
    const { maxWaiting } = domain.settings().delivery;
    if (underWay > maxWaiting) throw queueFull(maxWaiting);
    const begun = await turns.run(async () => {
      const carryOn = await process({ RED, domain, values: await readFields(msg), config: checked });
      return { ended: carryOn() };
    });
    return begun.ended;
  }

  /** The configuration with the name of a property that can be written to. Throws `NOT_CONFIGURED`. */
  function checkedConfig(): ItemConfig {
    demandChoices(action.fields, config);
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
