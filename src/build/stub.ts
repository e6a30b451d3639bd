import type { ConfigNode } from '../definition/config-node';
import { lookUpPath } from '../definition/look-up-protocol';
import { nodeType } from '../definition/node-type';
import { metricsPath, overviewPath } from '../definition/overview/protocol';

/**
 * `dist/nodes/<base>.js`, which Node-RED loads at its start: it registers the type, and loads the code
 * and the AWS SDK when the first node of a flow is made.
 */
export function renderStub(base: string, secrets: ConfigNode['secrets']): string {
  const credentials = Object.fromEntries(
    Object.entries(secrets ?? {}).map(([name, { kind }]) => [name, { type: kind }]),
  );
  const isDomain = base === 'domain';
  const options = secrets ? `, ${JSON.stringify({ credentials })}` : isDomain ? domainSettings : '';
  return `'use strict';
module.exports = (RED) => {
  function ConnectCasesNode(config) {
    RED.nodes.createNode(this, config);
    require('../runtime.js').start(RED, this, config, '${base}');
  }
  RED.nodes.registerType('${nodeType(base)}', ConnectCasesNode${options});${isDomain ? routes : ''}
};
${isDomain ? whyMemory : ''}`;
}

/**
 * Tells each editor that is opened why messages wait in memory, where they do (the code that would is not loaded yet),
 * and the Region that Node-RED's environment names, which the form proposes.
 */
const domainSettings = `, { settings: {
    connectCasesDomainMemory: { get value() { return whyMemory(RED.settings); }, exportable: true },
    connectCasesDomainRegion: { value: process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || '', exportable: true },
  } }`;

const whyMemory = `
function whyMemory({ userDir }) {
  const { version } = process;
  if (!require('node:module').isBuiltin('node:sqlite')) return { why: 'noSqlite', version };
  try {
    const { accessSync, constants } = require('node:fs');
    accessSync(userDir, constants.W_OK);
  } catch {
    return { why: 'noDirectory', version };
  }
}
`;

/** Look-ups use stored secrets, so it takes the permission to write. The code is loaded with the first request. */
const routes = `
  RED.httpAdmin.post('/${lookUpPath}/:name', RED.auth.needsPermission('${nodeType('domain')}.write'), (req, res, next) =>
    require('../runtime.js').answerLookUp(RED, req, res, next));
  RED.httpAdmin.post('/${overviewPath}/:name', RED.auth.needsPermission('${nodeType('domain')}.read'), (req, res, next) =>
    require('../runtime.js').answerOverview(RED, req, res, next));
  RED.httpAdmin.get('/${metricsPath}', RED.auth.needsPermission('${nodeType('domain')}.read'), (req, res) =>
    require('../runtime.js').answerMetrics(RED, req, res));`;
