import type { PaletteNode } from '../definition/action';
import type { ConfigNode } from '../definition/config-node';
import type { Fields } from '../definition/field';
import { nodeType } from '../definition/node-type';
import { storedDefaults } from '../definition/stored-config';
import { toSource } from './source';

const category = 'Connect Cases';
/** Muted, and the same for both config nodes. */
const configColor = '#D6D6D6';

/**
 * The call that tells the editor about a node of the palette. A literal with nothing computed: the flow library
 * finds node types by reading it, not by running it. What the node does in the editor is given to it by our script.
 */
export function renderPaletteRegistration({ base, color, fields }: PaletteNode, inputs: 0 | 1): string {
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'${category}',
color:'${color}',
defaults:{${defaultsOf(fields)}},
inputs:${inputs},
outputs:1,
icon:'${base}.svg',
paletteLabel:function(){return this._('label')}
});`;
}

/** The call that tells the editor about a config node. */
export function renderConfigRegistration({ base, fields, secrets }: ConfigNode): string {
  const credentials = Object.entries(secrets ?? {}).map(([name, { kind }]) => `${name}:{type:'${kind}'}`);
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'config',
color:'${configColor}',
defaults:{${defaultsOf(fields)}},${credentials.length > 0 ? `\ncredentials:{${credentials.join(',')}},` : ''}
icon:'${base}.svg',
paletteLabel:function(){return this._('label')}
});`;
}

const defaultsOf = (fields: Fields): string =>
  Object.entries(storedDefaults(fields))
    .map(([name, value]) => {
      const field = fields[name];
      return `${name}:{${field?.kind === 'node' ? `type:'${nodeType(field.base)}'` : `value:${toSource(value)}`}}`;
    })
    .join();
