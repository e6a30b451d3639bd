import assert from 'node:assert/strict';
import type { DomainFigures, Overview } from '../../../src/definition/overview/figures';
import {
  type OverviewAnswer,
  type OverviewAnswers,
  type OverviewRequests,
  type OverviewRoute,
  overviewPath,
} from '../../../src/definition/overview/protocol';
import { demo, type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator';
import { startWatched, type WatchedNodeRed } from '../../security/watched-node-red';
import { configNodes } from '../../support/deployed-flow';

export const [freezer, pump] = demo.cases;

/** A Node-RED with users and a domain node, the local service, and what the editor's tab asks. */
export interface Host {
  readonly nodeRed: WatchedNodeRed;
  readonly service: Emulator;
  /** Deploys nodes beside the config nodes; `domain` adds to or replaces properties of the domain node. */
  deploy(nodes: readonly object[], domain?: object): Promise<void>;
  /** Hands a message to the comment node, and does not wait for its end. */
  comment(payload: unknown, caseId?: string, msg?: object): Promise<void>;
  /** What a route gives to the owner, who may do everything, or to another user. */
  ask<Route extends OverviewRoute>(
    route: Route,
    asked: OverviewRequests[Route],
    as?: string,
  ): Promise<OverviewAnswers[Route]>;
  status(route: OverviewRoute, asked: object, as?: string): Promise<number>;
  domain(): Promise<DomainFigures>;
  /** The figures of the domain, as soon as they are as they should be. */
  until(isMeant: (figures: DomainFigures) => boolean): Promise<DomainFigures>;
  /** Texts of the comments of a case, in the order in which they were made. */
  commentsOf(caseId: string): readonly unknown[];
  /** Id of the case of a machine. */
  caseAbout(machine: string): string | undefined;
  stop(): Promise<void>;
}

/** A comment node that sends to the domain. */
export const commentNode = {
  id: 'comment',
  type: 'connect-cases-comment',
  domain: 'local-domain',
  name: 'Say it',
};

/** Without one nobody is told of an error. */
const catchNode = { id: 'catch', type: 'catch', scope: null };

export async function startHost(options: EmulatorOptions = {}): Promise<Host> {
  const service = await startEmulator({ quota: 'unlimited', limits: 'unlimited', ...options });
  const nodeRed = await startWatched();
  const host: Host = {
    nodeRed,
    service,
    async deploy(nodes, domain = {}) {
      const config = configNodes(service.url, demo).map((node) =>
        node.id === 'local-domain' ? { ...node, rate: 1000, burst: 1000, store: 'memory', ...domain } : node,
      );
      await nodeRed.deploy([
        ...config,
        ...[catchNode, ...nodes].map((node) => ({ z: 'tab', x: 0, y: 0, wires: [], ...node })),
      ]);
    },
    comment: (payload, caseId = freezer.id, msg = {}) => nodeRed.send('comment', { payload, caseId, ...msg }),
    async ask(route, asked, as = 'owner') {
      const answer = await nodeRed.ask(`${overviewPath}/${route}`, { as, method: 'POST', body: asked });
      const body = (await answer.json()) as OverviewAnswer<never>;
      assert.ok('found' in body, `${route}: ${answer.status} ${JSON.stringify(body)}`);
      return body.found;
    },
    async status(route, asked, as = 'owner') {
      const { status } = await nodeRed.ask(`${overviewPath}/${route}`, { as, method: 'POST', body: asked });
      return status;
    },
    async domain() {
      const { domains }: Overview = await host.ask('figures', {});
      const found = domains.find(({ id }) => id === 'local-domain');
      assert.ok(found);
      return found;
    },
    async until(isMeant) {
      for (;;) {
        const figures = await host.domain();
        if (isMeant(figures)) return figures;
      }
    },
    commentsOf: (caseId) =>
      service.service.state.cases.get(caseId)?.items.map(({ content }) => content.comment?.body) ?? [],
    caseAbout: (machine) =>
      [...service.service.state.cases.values()].find(
        ({ fields }) => fields[demo.fields.machine]?.stringValue === machine,
      )?.id,
    async stop() {
      await nodeRed.stop();
      await service.close();
    },
  };
  return host;
}
