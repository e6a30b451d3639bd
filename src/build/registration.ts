import { type ConfigNode, commonFields, type Field, nodeType, type RelatedItem } from '../definition';
import { toSource } from './source';

const category = 'Connect Cases';
/** Muted, and the same for both config nodes. */
const configColor = '#D6D6D6';

/**
 * The call that tells the editor about an item node. A literal with nothing computed: the flow library
 * finds node types by reading it, not by running it.
 */
export function renderItemRegistration(item: RelatedItem): string {
  const fields: Readonly<Record<string, Field>> = { ...commonFields, ...item.fields };
  const defaults = Object.entries(fields).flatMap(([name, field]) => {
    switch (field.kind) {
      case 'value':
        return [
          `${name}:{value:${toSource(field.default)},validate:function(value,opt){return ConnectCases.validateValue(this,${toSource({ name, optional: field.optional, schema: field.schema })},value,opt)}}`,
          `${name}Type:{value:${toSource(field.defaultType)}}`,
        ];
      case 'rows':
        return [`${name}:{value:[]}`];
      default:
        return [`${name}:{value:${toSource(field.default)}}`];
    }
  });
  return `RED.nodes.registerType('${nodeType(item.base)}',{
category:'${category}',
color:'${item.color}',
defaults:{name:{value:''},domain:{type:'${nodeType('domain')}',required:true},${defaults.join(',')},output:{value:'payload',required:true}},
inputs:1,
outputs:1,
icon:'${item.base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return this.name||this._('label')},
labelStyle:function(){return this.name?'node_label_italic':''},
outputLabels:function(){return this._('output')},
oneditprepare:function(){ConnectCases.prepare(this,'node-input')},
oneditsave:function(){ConnectCases.save(this)}
});`;
}

/** The call that tells the editor about a config node. */
export function renderConfigRegistration({ base, properties, secrets }: ConfigNode): string {
  const defaults = Object.entries(properties).map(([name, property]) =>
    property.node
      ? `${name}:{type:'${nodeType(property.node)}',required:true}`
      : `${name}:{value:${toSource(property.default)}${
          property.schema
            ? `,required:true,validate:function(value,opt){return ConnectCases.validateText(this,${toSource({ name, schema: property.schema })},value,opt)}`
            : ''
        }}`,
  );
  const credentials = Object.entries(secrets ?? {}).map(([name, { kind }]) => `${name}:{type:'${kind}'}`);
  return `RED.nodes.registerType('${nodeType(base)}',{
category:'config',
color:'${configColor}',
defaults:{${defaults.join(',')}},${credentials.length > 0 ? `\ncredentials:{${credentials.join(',')}},` : ''}
icon:'${base}.svg',
paletteLabel:function(){return this._('label')},
label:function(){return this.name||this._('label')},
oneditprepare:function(){ConnectCases.prepare(this,'node-config-input')}
});`;
}
