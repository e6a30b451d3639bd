import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { DomainFigures } from '../../definition/overview/figures';
import { CasesError } from '../../errors/errors';
import { describe } from '../../model/describe';
import { reportSeconds } from '../../model/limits';
import { findConfigNode } from '../config/config-node';
import type { DomainNode } from '../config/domain-node';
import { given } from '../config/environment';
import { errorStatus } from '../status-words';
import { figuresOfDomain } from './figures';
import { type Report, reportOf } from './report';

/** A node that sends the figures of a domain, as Node-RED hands it over. */
interface StatusConfig {
  readonly domain?: string;
  readonly when?: string;
  readonly seconds?: string | number;
}

/** How often a change is looked for, in milliseconds. */
const lookMs = 1000;

/** Runs a node that sends the figures of a domain, again and again or whenever they have changed. */
export function startStatusNode(RED: NodeAPI, node: Node, config: StatusConfig): void {
  let timer: NodeJS.Timeout | undefined;
  let last = '';
  try {
    const { id } = findConfigNode<DomainNode>(RED, 'domain', config.domain);
    const onChange = config.when === 'change';
    const look = () => {
      const figures = figuresOfDomain(RED, id);
      if (!figures) return;
      const payload = reportOf(figures);
      if (onChange && unchanged(payload)) return;
      node.status(statusOf(figures));
      node.send({ topic: figures.name, payload });
    };
    const unchanged = ({ oldestSeconds, ...report }: Report) => {
      const said = JSON.stringify(report);
      if (said === last) return true;
      last = said;
      return false;
    };
    timer = setInterval(look, onChange ? lookMs : intervalOf(config) * 1000);
  } catch (cause) {
    if (!(cause instanceof CasesError)) throw cause;
    node.status(errorStatus(cause));
    node.error(cause.message);
  }
  node.on('close', () => {
    clearInterval(timer);
    node.status({});
  });
}

/** Seconds from one message to the next. Throws `NOT_CONFIGURED`. */
function intervalOf({ seconds = 60 }: StatusConfig): number {
  const { min = 0, max = 0 } = reportSeconds;
  const found = Number(given(seconds, "the node's seconds", 'seconds'));
  if (found >= min && found <= max) return found;
  const text = `The node's seconds are ${describe(seconds)}. Set them to a number from ${min} to ${max}.`;
  throw new CasesError('NOT_CONFIGURED', text, { field: 'seconds' });
}

const colors = {
  notConfigured: 'red',
  refused: 'red',
  offline: 'yellow',
  failing: 'yellow',
  paused: 'yellow',
  stopped: 'grey',
  busy: 'blue',
  idle: 'green',
} as const;

/** How many messages wait, in the colour of what the domain is doing. */
const statusOf = ({ state, waiting }: DomainFigures): NodeStatus => ({
  fill: colors[state],
  shape: waiting > 0 ? 'ring' : 'dot',
  text: String(waiting),
});
