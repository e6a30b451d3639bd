import { actionOf, configNodeOf, types } from './definitions';
import { add } from './form/fresh';
import { prepare } from './form/prepare';
import { templateOf } from './form/template';
import { canBeWrong, validate, validateSecret, validateSecrets } from './form/validate';
import { label } from './label';
import { nameInPalette } from './palette';
import { testConnection } from './picking/connection-test';
import { keepInPlace } from './picking/in-place';
import { nameDomain } from './picking/only-one';
import { save } from './rows/rows';
import { translate } from './translate';

/**
 * Gives our node types their forms and what they do in the editor. What is registered is plain data, so that the flow
 * library can read it, and each function stands once. A type may be there before or after this script.
 */
export function giveBehaviour(): void {
  for (const type of types) give(type);
  RED.events.on('registry:node-type-added', give);
}

function give(type: string): void {
  const definition = types.includes(type) ? RED.nodes.getType(type) : undefined;
  if (!definition || definition.oneditprepare) return;
  Object.assign(definition, behaviour, configNodeOf(type) ? configBehaviour : paletteBehaviour(type));
  definition._ = translate(definition._);
  for (const [name, property] of Object.entries(definition.defaults)) {
    if (canBeWrong(type, name)) property.validate = judging(validate, name);
  }
  const { marksSecrets = '' } = configNodeOf(type) ?? {};
  const marked = definition.defaults[marksSecrets];
  if (marked) marked.validate = judging(validateSecrets, marksSecrets);
  for (const [name, secret] of Object.entries(definition.credentials ?? {})) {
    secret.validate = judging(validateSecret, name);
  }
  $('<script type="text/html">')
    .attr('data-template-name', type)
    .text(templateOf(type))
    .appendTo(document.body);
  nameInPalette(type);
}

const behaviour = {
  label(this: EditorNode) {
    return label(this);
  },
  oneditprepare(this: EditorNode) {
    prepare(this);
  },
  oneditsave(this: EditorNode) {
    nameDomain(this);
    keepInPlace(this);
    save(this);
  },
};

const configBehaviour = {
  testConnection(this: EditorNode, report: JQuery) {
    return testConnection(this, report);
  },
};

const paletteBehaviour = (type: string) => ({
  labelStyle(this: EditorNode) {
    return this.name ? 'node_label_italic' : '';
  },
  inputLabels(this: EditorNode) {
    return this._('input');
  },
  outputLabels(this: EditorNode, index: number) {
    return this._(index === 1 && actionOf(type)?.fields.outputs ? 'otherOutput' : 'output');
  },
  onadd(this: EditorNode) {
    add(this);
  },
});

type Judge = (node: EditorNode, name: string, value: unknown) => true | string;

/** The editor shows a reason only if the function has exactly two parameters. */
const judging = (judge: Judge, name: string) =>
  function (this: EditorNode, value: unknown, _options: object) {
    return judge(this, name, value);
  };
