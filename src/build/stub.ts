import type { ConfigNode } from '../definition/config-node';
import { lookUpPath } from '../definition/look-up-protocol';
import { nodeType } from '../definition/node-type';

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
  RED.nodes.registerType('${nodeType(base)}', ConnectCasesNode${options});${base === 'domain' ? lookUpRoute : ''}
};
`;
}

/** Look-ups use stored secrets, so it takes the permission to write. The code is loaded with the first one. */
const lookUpRoute = `
  RED.httpAdmin.post('/${lookUpPath}/:name', RED.auth.needsPermission('${nodeType('domain')}.write'), (req, res, next) =>
    require('../runtime.js').answerLookUp(RED, req, res, next));`;
