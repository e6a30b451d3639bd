import type { Node, NodeAPI } from 'node-red';
import type { DomainConfig } from '../../definition/stored-config';
import { casesService, createDelivery } from '../../delivery';
import type { Delivery } from '../../delivery/delivery';
import { CasesError } from '../../errors/errors';
import { flowsStop } from '../after-deploy';
import { createClient } from '../network/client';
import { monitors } from '../overview/monitors';
import { recipientIn } from '../results';
import { findConfigNode } from './config-node';
import type { CredentialsNode } from './credentials-node';
import { type DomainSettings, domainSettings } from './settings';

/** How long Node-RED waits for a node to close unless its settings say otherwise, in milliseconds. */
const defaultCloseTimeout = 15_000;
/** The part of that time in which what is in flight may finish. */
const graceShare = 0.8;

/** A domain config node at run time: the item nodes that name it share its settings and its delivery. */
export interface DomainNode extends Node {
  /** Checked settings. Throws `NOT_CONFIGURED`. */
  settings(): DomainSettings;
  /** The one queue to this domain, made when first asked for. Throws `NOT_CONFIGURED` or `CREDENTIALS`. */
  delivery(): Delivery;
}

export function startDomain(RED: NodeAPI, node: DomainNode, config: DomainConfig & { id: string }): void {
  let settings: DomainSettings | undefined;
  let open: { readonly delivery: Delivery; destroy(): void } | undefined;
  let closed = false;
  const monitor = monitors(RED).of(node.id);

  node.settings = () => {
    settings ??= domainSettings(config);
    return settings;
  };

  node.delivery = () => opened().delivery;

  const opened = () => {
    if (closed)
      throw new CasesError('CLOSED', 'The domain node is closing. Send the message again after the deploy.');
    open ??= openDelivery();
    return open;
  };

  const openDelivery = () => {
    const { delivery: settings, ...location } = node.settings();
    const credentials = findConfigNode<CredentialsNode>(RED, 'credentials', config.auth).provider(
      location.region,
      settings.timeoutSeconds * 1000,
    );
    const client = createClient(location, credentials, settings.timeoutSeconds);
    const delivery = createDelivery(casesService(client, settings.timeoutSeconds), settings, {
      onWarning: (text) => node.warn(text),
      recipient: recipientIn(RED),
      observer: monitor,
      domainNodeId: node.id,
    });
    monitor.attach(delivery);
    return { delivery, destroy: () => client.destroy() };
  };

  try {
    node.settings();
  } catch (cause) {
    node.error(cause instanceof Error ? cause.message : cause);
  }

  node.on('close', (removed: boolean, done: () => void) => {
    closed = true;
    if (removed) monitors(RED).forget(node.id);
    flowsStop(RED);
    if (!open) return done();
    const { delivery, destroy } = open;
    if (delivery.waiting > 0) {
      node.warn(
        `${delivery.waiting} messages still wait and are given up (CLOSED): no item was created for them.`,
      );
    }
    const { nodeCloseTimeout = defaultCloseTimeout } = RED.settings as { nodeCloseTimeout?: number };
    const graceSeconds = (graceShare * nodeCloseTimeout) / 1000;
    delivery.close(graceSeconds).finally(() => {
      monitor.detach();
      destroy();
      done();
    });
  });
}
