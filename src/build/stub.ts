import type { ConfigNode } from '../definition/config-node';
import { lookUpPath } from '../definition/look-up-protocol';
import { nodeType } from '../definition/node-type';
import { overviewPath } from '../definition/overview/protocol';

/**
 * `dist/nodes/<base>.js`, which Node-RED loads at its start: it registers the type, and loads the code
 * and the AWS SDK when the first node of a flow is made.
 */
export function renderStub(base: string, secrets: ConfigNode['secrets']): string {
  const credentials = Object.fromEntries(
    Object.entries(secrets ?? {}).map(([name, { kind }]) => [name, { type: kind }]),
  );
  const options = secrets ? `, ${JSON.stringify({ credentials })}` : '';
  return `'use strict';
module.exports = (RED) => {
  function ConnectCasesNode(config) {
    RED.nodes.createNode(this, config);
    require('../runtime.js').start(RED, this, config, '${base}');
  }
  RED.nodes.registerType('${nodeType(base)}', ConnectCasesNode${options});${base === 'domain' ? routes : ''}
};
`;
}

/** Look-ups use stored secrets, so it takes the permission to write. The code is loaded with the first request. */
const routes = `
  RED.httpAdmin.post('/${lookUpPath}/:name', RED.auth.needsPermission('${nodeType('domain')}.write'), (req, res, next) =>
    require('../runtime.js').answerLookUp(RED, req, res, next));
  RED.httpAdmin.post('/${overviewPath}/:name', RED.auth.needsPermission('${nodeType('domain')}.read'), (req, res, next) =>
    require('../runtime.js').answerOverview(RED, req, res, next));`;
