import type { Action } from '../definition/action';
import type { ConfigNode } from '../definition/config-node';
import { type Field, type Fields, storedDefaults } from '../definition/field';
import { nodeType } from '../definition/node-type';
import { toSource } from './source';

const category = 'Connect Cases';
/** Muted, and the same for both config nodes. */
const configColor = '#D6D6D6';

/**
 * The call that tells the editor about a node of the palette. A literal with nothing computed: the flow library
 * finds node types by reading it, not by running it.
 */
export function renderActionRegistration({ base, color, fields }: Action): string {
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'${category}',
color:'${color}',
defaults:{${defaultsOf(fields)}},
inputs:1,
outputs:1,
icon:'${base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return ConnectCases.label(this)},
labelStyle:function(){return this.name?'node_label_italic':''},
inputLabels:function(){return this._('input')},
outputLabels:function(${fields.outputs ? 'index' : ''}){return this._(${fields.outputs ? "index===1?'otherOutput':'output'" : "'output'"})},
oneditprepare:function(){ConnectCases.prepare(this)},
oneditsave:function(){ConnectCases.save(this)}
});`;
}

/** The call that tells the editor about a config node. */
export function renderConfigRegistration({ base, fields, secrets, marksSecrets }: ConfigNode): string {
  const credentials = Object.entries(secrets ?? {}).map(
    ([name, { kind }]) => `${name}:{type:'${kind}',${validator('validateSecret', name)}}`,
  );
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'config',
color:'${configColor}',
defaults:{${defaultsOf(fields, marksSecrets)}},${credentials.length > 0 ? `\ncredentials:{${credentials.join(',')}},` : ''}
icon:'${base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return ConnectCases.label(this)},
oneditprepare:function(){ConnectCases.prepare(this)}
});`;
}

function defaultsOf(fields: Fields, marksSecrets?: string): string {
  const entries = Object.entries(storedDefaults(fields)).map(([name, value]) => {
    const field = fields[name];
    const members = [
      field?.kind === 'node' ? `type:'${nodeType(field.base)}'` : `value:${toSource(value)}`,
      ...(field && canBeWrong(name, field) ? [validator('validate', name)] : []),
      ...(name === marksSecrets ? [validator('validateSecrets', name)] : []),
    ];
    return `${name}:{${members.join()}}`;
  });
  return entries.join();
}

const canBeWrong = (name: string, field: Field): boolean => {
  if (field.kind === 'rows') return field.of === undefined && !field.optional;
  return name !== 'name' && (field.kind === 'value' || field.kind === 'text' || field.kind === 'node');
};

/** The editor shows a reason only if the function has exactly two parameters. */
const validator = (kind: 'validate' | 'validateSecret' | 'validateSecrets', name: string): string =>
  `validate:function(value,opt){return ConnectCases.${kind}(this,'${name}',value)}`;
