import {
  type ConfigNode,
  fieldsOf,
  nodeType,
  type RelatedItem,
  storedDefaults,
} from '../definition/definition';
import { toSource } from './source';

const category = 'Connect Cases';
/** Muted, and the same for both config nodes. */
const configColor = '#D6D6D6';

/**
 * The call that tells the editor about an item node. A literal with nothing computed: the flow library
 * finds node types by reading it, not by running it.
 */
export function renderItemRegistration(item: RelatedItem): string {
  const fields = fieldsOf(item);
  const defaults = Object.entries(storedDefaults(item)).map(
    ([name, value]) =>
      `${name}:{value:${toSource(value)}${fields[name]?.kind === 'value' ? `,${validator('Value', name)}` : ''}}`,
  );
  return `RED.nodes.registerType('${nodeType(item.base)}',{
category:'${category}',
color:'${item.color}',
defaults:{name:{value:''},domain:{type:'${nodeType('domain')}',${validator('Node', 'domain')}},${defaults.join(',')},output:{value:'payload',${validator('Output', 'output')}}},
inputs:1,
outputs:1,
icon:'${item.base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return ConnectCases.label(this)},
labelStyle:function(){return this.name?'node_label_italic':''},
inputLabels:function(){return this._('input')},
outputLabels:function(){return this._('output')},
oneditprepare:function(){ConnectCases.prepare(this)},
oneditsave:function(){ConnectCases.save(this)}
});`;
}

/** The call that tells the editor about a config node. */
export function renderConfigRegistration({ base, properties, secrets }: ConfigNode): string {
  const defaults = Object.entries(properties).map(([name, property]) =>
    property.node
      ? `${name}:{type:'${nodeType(property.node)}',${validator('Node', name)}}`
      : `${name}:{value:${toSource(property.default)}${name === 'name' ? '' : `,${validator('Text', name)}`}}`,
  );
  const credentials = Object.entries(secrets ?? {}).map(
    ([name, { kind }]) => `${name}:{type:'${kind}',${validator('Secret', name)}}`,
  );
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'config',
color:'${configColor}',
defaults:{${defaults.join(',')}},${credentials.length > 0 ? `\ncredentials:{${credentials.join(',')}},` : ''}
icon:'${base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return ConnectCases.label(this)},
oneditprepare:function(){ConnectCases.prepare(this)}
});`;
}

/** The editor shows a reason only if the function has exactly two parameters. */
const validator = (kind: 'Node' | 'Output' | 'Secret' | 'Text' | 'Value', name: string): string =>
  `validate:function(value,opt){return ConnectCases.validate${kind}(this,'${name}',value)}`;
