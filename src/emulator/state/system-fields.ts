import type { FieldType } from '@aws-sdk/client-connectcases';
import type { Field } from './state';

const system = (id: string, name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  id,
  name,
  type,
  namespace: 'System',
  createdAt: 0,
  modifiedAt: 0,
  tags: {},
  ...more,
});
const option = (name: string, value: string) => ({ name, value, active: true });
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
