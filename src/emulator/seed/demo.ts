import type { Demo } from '../api';

const day = 86_400_000;
const opened = Date.parse('2026-08-03T08:00:00Z');
/** When the demo domain was set up, in milliseconds since 1970. */
export const demoSetUpAt = opened - 30 * day;

const uuid = (group: number, number: number) =>
  `c0ffee${group.toString(16).padStart(2, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Ids of what the local service knows from its start; the same at every start. */
export const demo = {
  domainId: uuid(0, 1),
  templateId: uuid(1, 1),
  alarmTemplateId: uuid(1, 3),
  layoutId: uuid(9, 1),
  customerId: 'arn:aws:profile:us-east-1:123456789012:domains/demo/profiles/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  contactArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/contact/${uuid(6, 1)}`,
  fileArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/file/${uuid(7, 1)}`,
  userArn: `arn:aws:connect:us-east-1:123456789012:instance/${uuid(5, 1)}/agent/${uuid(8, 1)}`,
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
} as const satisfies Demo;

const option = (name: string, value: string, active = true) => ({ name, value, active });
const customer = { id: 'customer_id', value: { stringValue: demo.customerId } };

/** The demo domain and its cases, none of them with related items. */
export const demoSeed = {
  domains: [
    {
      id: demo.domainId,
      name: 'demo',
      fields: [
        { id: demo.fields.machine, name: 'Machine', type: 'Text' },
        { id: demo.fields.notes, name: 'Notes', type: 'Text', multiline: true },
        { id: demo.fields.temperature, name: 'Temperature in °C', type: 'Number' },
        { id: demo.fields.underWarranty, name: 'Under warranty', type: 'Boolean' },
        { id: demo.fields.nextVisit, name: 'Next visit', type: 'DateTime' },
        {
          id: demo.fields.severity,
          name: 'Severity',
          type: 'SingleSelect',
          options: [option('Low', 'low'), option('High', 'high'), option('Panic', 'panic', false)],
        },
        { id: demo.fields.dashboard, name: 'Dashboard', type: 'Url' },
        { id: demo.fields.technician, name: 'Technician', type: 'User' },
      ],
      layouts: [
        {
          id: demo.layoutId,
          name: 'Device alert',
          content: {
            basic: {
              topPanel: {
                sections: [{ fieldGroup: { fields: [{ id: 'customer_id' }, { id: 'case_reason' }] } }],
              },
              moreInfo: {
                sections: [
                  {
                    fieldGroup: {
                      name: 'Machine',
                      fields: [{ id: demo.fields.machine }, { id: demo.fields.temperature }],
                    },
                  },
                ],
              },
            },
          },
        },
      ],
      templates: [
        {
          id: demo.templateId,
          name: 'Device alert',
          requiredFields: ['title', 'customer_id'],
          layout: demo.layoutId,
        },
        { id: uuid(1, 2), name: 'Paper form', status: 'Inactive', requiredFields: ['title'] },
        {
          id: demo.alarmTemplateId,
          name: 'Machine alarm',
          description: 'Opened by a machine, for nobody in particular',
          requiredFields: ['title', demo.fields.machine],
          layout: demo.layoutId,
        },
      ],
      cases: demo.cases.map(({ id, title }, index) => ({
        id,
        template: demo.templateId,
        createdAt: new Date(opened + index * day).toISOString(),
        fields: [{ id: 'title', value: { stringValue: title } }, customer],
      })),
    },
  ],
} as const;
