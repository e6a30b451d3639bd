import { caseActions } from '../../nodes/cases';
import { credentials } from '../../nodes/config/credentials';
import { domain } from '../../nodes/config/domain';
import { relatedItems } from '../../nodes/related-items';
import { type Action, relatedItemAction } from '../definition/action';
import { nodeType } from '../definition/node-type';
import type { RelatedItem } from '../definition/related-item';
import { storedDefaults } from '../definition/stored-config';
import type { demo as emulatorDemo } from '../emulator/seed/demo';

/** One node of a Node-RED flow file. */
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

interface Step {
  readonly item: RelatedItem;
  readonly name: string;
  /** What the inject node puts into `msg.payload`, as JSON. */
  readonly payload: unknown;
}

/** Environment variable that holds the address of the local service while the demo runs. */
export const endpointVariable = 'CONNECT_CASES_DEMO_ENDPOINT';

/** Id of the credentials node, whose keys are kept apart from the flow. */
export const credentialsId = 'demo-credentials';

export const injectId = (base: string): string => `demo-inject-${base}`;
export const itemId = (base: string): string => `demo-${base}`;

/** The demo flow: an alarm and its case, then for each item node one inject; the debug sidebar shows what was made. */
export function demoFlow(demo: typeof emulatorDemo): FlowNode[] {
  const [first, second] = demo.cases;
  const steps: readonly Step[] = [
    {
      item: relatedItems.Comment,
      name: 'Temperature alert',
      payload: 'Freezer 7 is at -11 °C, the limit is -18 °C.',
    },
    { item: relatedItems.Contact, name: 'Caller', payload: demo.contactArn },
    { item: relatedItems.File, name: 'Photo of the door', payload: demo.fileArn },
    {
      item: relatedItems.Sla,
      name: 'First response',
      payload: {
        name: 'First response',
        targetSlaMinutes: 60,
        fieldId: 'status',
        targetFieldValues: 'closed',
      },
    },
    { item: relatedItems.ConnectCase, name: 'Same cooling circuit', payload: second.id },
    {
      item: relatedItems.Custom,
      name: 'Measurement',
      payload: {
        [demo.fields.machine]: 'Freezer 7',
        [demo.fields.temperature]: -11,
        [demo.fields.underWarranty]: true,
      },
    },
  ];
  return [
    { id: 'demo-tab', type: 'tab', label: 'Connect Cases demo' },
    {
      id: credentialsId,
      type: nodeType('credentials'),
      ...storedDefaults(credentials.fields),
      name: 'Local demo keys',
      method: 'keys',
    },
    {
      id: 'demo-domain',
      type: nodeType('domain'),
      ...storedDefaults(domain.fields),
      name: 'Local Cases service',
      auth: credentialsId,
      region: 'us-east-1',
      domainId: demo.domainId,
      endpoint: `\${${endpointVariable}}`,
    },
    {
      id: 'demo-intro',
      type: 'comment',
      z: 'demo-tab',
      name: 'Press a button on the left, then look at the debug sidebar and at the local service',
      x: 420,
      y: 60,
      wires: [],
    },
    ...alarmNodes(demo),
    ...steps.flatMap((step, index) => stepNodes(step, first.id, 250 + 60 * index)),
    {
      id: 'demo-debug',
      type: 'debug',
      z: 'demo-tab',
      name: 'What was made',
      active: true,
      tosidebar: true,
      complete:
        'relatedItem ? relatedItem.type & " " & relatedItem.relatedItemId & (case ? " in case #" & case.referenceNumber) : "set: " & case.fields',
      targetType: 'jsonata',
      x: 790,
      y: 240,
      wires: [],
    },
    {
      id: 'demo-catch',
      type: 'catch',
      z: 'demo-tab',
      name: '',
      scope: null,
      x: 420,
      y: 620,
      wires: [['demo-error']],
    },
    {
      id: 'demo-error',
      type: 'debug',
      z: 'demo-tab',
      name: 'What went wrong',
      active: true,
      tosidebar: true,
      complete: 'casesError.code & ": " & casesError.message',
      targetType: 'jsonata',
      x: 620,
      y: 620,
      wires: [],
    },
  ];
}

/** An alarm names its machine: the case is found or made, gets the alarm as a comment, and is closed by the all-clear. */
function alarmNodes(demo: typeof emulatorDemo): FlowNode[] {
  const { findOrCreateCase, updateCase } = caseActions;
  const match = [{ field: demo.fields.machine, value: 'topic', valueType: 'msg' }];
  const node = (id: string, { base, fields }: Action, x: number, y: number, wire: string, own: object) => ({
    id,
    type: nodeType(base),
    z: 'demo-tab',
    ...storedDefaults(fields),
    domain: 'demo-domain',
    x,
    y,
    wires: [[wire]],
    ...own,
  });
  const made = { match, templateId: demo.alarmTemplateId };
  const none = { otherwise: 'output', outputs: 2, wires: [['demo-close'], []] };
  const closed = { rows: [{ id: 'status', value: 'closed', valueType: 'str' }] };
  return [
    button('demo-alarm', 'Boiler 3: alarm', 120, 'demo-case', {
      payload: 'Boiler 3 is at 93 °C, the limit is 80 °C.',
      topic: 'boiler-3',
    }),
    node('demo-case', findOrCreateCase, 370, 120, 'demo-alarm-comment', made),
    node('demo-alarm-comment', relatedItemAction(relatedItems.Comment), 590, 120, 'demo-debug', {}),
    button('demo-clear', 'Boiler 3: all clear', 180, 'demo-open-case', {
      payload: 'Boiler 3 is at 60 °C again.',
      topic: 'boiler-3',
    }),
    node('demo-open-case', findOrCreateCase, 370, 180, 'demo-close', { ...made, ...none }),
    node('demo-close', updateCase, 590, 180, 'demo-debug', closed),
  ];
}

function stepNodes({ item, name, payload }: Step, caseId: string, y: number): FlowNode[] {
  return [
    button(injectId(item.base), name, y, itemId(item.base), { payload, caseId }),
    {
      id: itemId(item.base),
      type: nodeType(item.base),
      z: 'demo-tab',
      ...storedDefaults(relatedItemAction(item).fields),
      domain: 'demo-domain',
      x: 420,
      y,
      wires: [['demo-debug']],
    },
  ];
}

/** An inject node that gives a message these properties: a text as it is, anything else as JSON. */
const button = (id: string, name: string, y: number, wire: string, properties: object): FlowNode => ({
  id,
  type: 'inject',
  z: 'demo-tab',
  name,
  props: Object.entries(properties).map(([p, value]) =>
    typeof value === 'string' ? { p, v: value, vt: 'str' } : { p, v: JSON.stringify(value), vt: 'json' },
  ),
  repeat: '',
  crontab: '',
  once: false,
  onceDelay: 0.1,
  topic: '',
  x: 150,
  y,
  wires: [[wire]],
});
