import type { NodeAPI } from 'node-red';
import type { FailureEntry, FailuresPage, FailuresRequest } from '../../../definition/overview/lists';
import type { StoredMessage } from '../../../delivery/store/message-store';
import { madeOf } from '../../whereabouts';
import { again, type Failure, messageOf, msgOf } from '../failures/failure';
import { monitors } from '../monitors';
import { longestPage } from '../requests';
import { caseIdOf, preview } from './preview';
import { redacted } from './redacted';
import { type Sensitive, sensitiveTexts } from './sensitive';

interface NodeConfig {
  readonly type: string;
  readonly name?: string;
}

/** A page of what failed, latest first. */
export function failuresPage(RED: NodeAPI, asked: FailuresRequest): FailuresPage {
  const { skip = 0, limit = longestPage, nodeId, plain = false } = asked;
  const all = monitors(RED).failures.all();
  const isOfNode = nodeId === undefined ? () => true : madeOf(RED, nodeId);
  const meant = all.filter((failure) => isOfNode(failure.nodeId));
  const page = meant.slice(skip, skip + limit);
  const nodes = configsOf(RED, new Set(page.map((failure) => failure.nodeId)));
  const entries = page.map((failure) => entryOf(RED, failure, nodes.get(failure.nodeId), plain));
  return { entries, total: meant.length };
}

/** The message of a failure as JSON; undefined where it was too much to be kept. */
export function messageJson(RED: NodeAPI, failure: Failure, plain: boolean): string | undefined {
  const msg = msgOf(failure);
  if (msg === undefined) return undefined;
  const message = messageOf(failure);
  // Of what its node has refused, nobody knows which part it has read.
  const hidden = message ? hiddenIn(RED, message) : 'all';
  return JSON.stringify(redacted(msg, plain ? [] : hidden), undefined, 2);
}

function entryOf(RED: NodeAPI, failure: Failure, node: NodeConfig | undefined, plain: boolean): FailureEntry {
  const { id, at, nodeId, operation, error, outcome } = failure;
  const message = messageOf(failure);
  const caseId = message && caseIdOf(message.input);
  const title = monitors(RED).titles.of(caseId);
  return {
    ...{ id, at, nodeId, operation },
    nodeType: node?.type ?? '',
    nodeName: node?.name ?? '',
    ...(caseId !== undefined && { caseId }),
    ...(title !== undefined && { title }),
    preview: message ? preview(message.input, plain ? [] : hiddenIn(RED, message)) : '',
    ...(error && { error }),
    ...(outcome !== undefined && { outcome }),
    again: again(failure),
  };
}

const hiddenIn = (RED: NodeAPI, message: StoredMessage): Sensitive =>
  sensitiveTexts(message, monitors(RED).of(message.domainNodeId).workOf);

/** The nodes with these ids, as they are deployed. */
function configsOf(RED: NodeAPI, ids: ReadonlySet<string>): ReadonlyMap<string, NodeConfig> {
  const configs = new Map<string, NodeConfig>();
  if (ids.size === 0) return configs;
  RED.nodes.eachNode((node) => {
    if (ids.has(node.id)) configs.set(node.id, node as NodeConfig);
  });
  return configs;
}
