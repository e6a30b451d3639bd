import type { FieldType } from '@aws-sdk/client-connectcases';
import { apply } from './changes';
import { emptyState, type Field, type Layout, type State, type Template } from './state';

const uuid = (group: number, number: number) =>
  `c0ffee${group.toString(16).padStart(2, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Ids of what the local service knows from its start; the same at every start. */
export const demo = {
  domainId: uuid(0, 1),
  /** Of "Device alert", which wants a title and a customer. */
  templateId: uuid(1, 1),
  /** Of "Machine alarm", which wants a title and a machine, and no customer. */
  alarmTemplateId: uuid(1, 3),
  layoutId: uuid(9, 1),
  customerId: 'arn:aws:profile:us-east-1:123456789012:domains/demo/profiles/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  contactArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/contact/${uuid(6, 1)}`,
  fileArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/file/${uuid(7, 1)}`,
  userArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/agent/${uuid(8, 1)}`,
  /** Custom fields, one of each type. */
  fields: {
    machine: uuid(2, 1),
    notes: uuid(2, 2),
    temperature: uuid(2, 3),
    underWarranty: uuid(2, 4),
    nextVisit: uuid(2, 5),
    severity: uuid(2, 6),
    dashboard: uuid(2, 7),
    technician: uuid(2, 8),
  },
  cases: [
    { id: uuid(3, 1), title: 'Freezer 7 in Hamburg too warm' },
    { id: uuid(3, 2), title: 'Pump station 12 vibrates' },
    { id: uuid(3, 3), title: 'Door sensor of Ms Okafor offline' },
  ],
} as const;

const day = 86_400_000;
const opened = Date.parse('2026-08-03T08:00:00Z');
const setUpAt = opened - 30 * day;
const setUp = { createdAt: setUpAt, modifiedAt: setUpAt, tags: {} } as const;

const system = (id: string, name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  id,
  name,
  type,
  namespace: 'System',
  ...setUp,
  ...more,
});
const custom = (id: string, name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  ...system(id, name, type, more),
  namespace: 'Custom',
});
const option = (name: string, value: string, active = true) => ({ name, value, active });
const line = { maxLength: 500, multiline: false };

/** What every domain has. */
export const systemFields: readonly Field[] = [
  system('title', 'Title', 'Text', line),
  system('summary', 'Summary', 'Text', { maxLength: 3000, multiline: true }),
  system('status', 'Status', 'SingleSelect', {
    options: [option('Open', 'open'), option('Closed', 'closed')],
  }),
  system('case_reason', 'Case reason', 'SingleSelect', {
    options: [option('Device alert', 'device_alert'), option('Complaint', 'complaint')],
  }),
  system('customer_id', 'Customer', 'Text', line),
  system('assigned_queue', 'Assigned queue', 'Text', line),
  system('assigned_user', 'Assigned user', 'User'),
  system('reference_number', 'Reference number', 'Text', { ...line, readOnly: true }),
  system('created_datetime', 'Date/time opened', 'DateTime', { readOnly: true }),
  system('last_updated_datetime', 'Date/time updated', 'DateTime', { readOnly: true }),
  system('last_closed_datetime', 'Date/time closed', 'DateTime', { readOnly: true }),
];

const customFields: readonly Field[] = [
  custom(demo.fields.machine, 'Machine', 'Text', line),
  custom(demo.fields.notes, 'Notes', 'Text', { maxLength: 4100, multiline: true }),
  custom(demo.fields.temperature, 'Temperature in °C', 'Number'),
  custom(demo.fields.underWarranty, 'Under warranty', 'Boolean'),
  custom(demo.fields.nextVisit, 'Next visit', 'DateTime'),
  custom(demo.fields.severity, 'Severity', 'SingleSelect', {
    options: [option('Low', 'low'), option('High', 'high'), option('Panic', 'panic', false)],
  }),
  custom(demo.fields.dashboard, 'Dashboard', 'Url', { maxLength: 500 }),
  custom(demo.fields.technician, 'Technician', 'User'),
];

const templates: readonly Template[] = [
  {
    id: demo.templateId,
    name: 'Device alert',
    status: 'Active',
    requiredFields: ['title', 'customer_id'],
    layoutId: demo.layoutId,
    ...setUp,
  },
  { id: uuid(1, 2), name: 'Paper form', status: 'Inactive', requiredFields: ['title'], ...setUp },
  {
    id: demo.alarmTemplateId,
    name: 'Machine alarm',
    description: 'Opened by a machine, for nobody in particular',
    status: 'Active',
    requiredFields: ['title', demo.fields.machine],
    layoutId: demo.layoutId,
    ...setUp,
  },
];

const layout: Layout = {
  id: demo.layoutId,
  name: 'Device alert',
  content: {
    basic: {
      topPanel: { sections: [{ fieldGroup: { fields: [{ id: 'customer_id' }, { id: 'case_reason' }] } }] },
      moreInfo: {
        sections: [
          { fieldGroup: { name: 'Machine', fields: customFields.slice(0, 4).map(({ id }) => ({ id })) } },
        ],
      },
    },
  },
  ...setUp,
};

/** A fresh state that holds the demo domain and its cases, none of them with related items. */
export function demoState(): State {
  const state = emptyState();
  const { domainId } = demo;
  apply(state, { kind: 'domain', domain: { id: domainId, name: 'demo', createdAt: setUpAt, tags: {} } });
  for (const entry of [...systemFields, ...customFields]) apply(state, { kind: 'fields', domainId, entry });
  for (const entry of templates) apply(state, { kind: 'templates', domainId, entry });
  apply(state, { kind: 'layouts', domainId, entry: layout });
  for (const [index, { id, title }] of demo.cases.entries()) {
    const createdAt = opened + index * day;
    const fields = {
      title: { stringValue: title },
      status: { stringValue: 'open' },
      customer_id: { stringValue: demo.customerId },
      reference_number: { stringValue: String(1001 + index) },
      created_datetime: { stringValue: new Date(createdAt).toISOString() },
      last_updated_datetime: { stringValue: new Date(createdAt).toISOString() },
    };
    const { templateId } = demo;
    apply(state, {
      kind: 'case',
      case: { id, domainId, templateId, sequence: index + 1, createdAt, fields, tags: {} },
    });
  }
  return state;
}
