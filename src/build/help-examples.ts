/** A message as it comes to a node and as it leaves it, for the help: the same in every language. */
export interface Example {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const caseId = 'c0ffee03-0000-4000-8000-000000000001';
const arn = `arn:aws:cases:eu-central-1:123456789012:domain/…/case/…/related-item/…`;

/** An item node gets its content and gives the ARN of the item. */
const item = (type: string, payload: unknown): Example => ({
  before: { caseId, payload },
  after: { caseId, payload: arn, relatedItem: { type, relatedItemArn: arn, attempts: 1 } },
});

/** The example of each node of the palette by its base. */
export const helpExamples: Readonly<Record<string, Example>> = {
  comment: item('Comment', 'Freezer 7 is at -11 °C'),
  contact: item('Contact', 'arn:aws:connect:eu-central-1:123456789012:instance/…/contact/…'),
  file: item('File', 'arn:aws:connect:eu-central-1:123456789012:instance/…/file/…'),
  sla: item('Sla', {
    name: 'First response',
    targetSlaMinutes: 240,
    fieldId: 'status',
    targetFieldValues: 'closed',
  }),
  'connect-case': item('ConnectCase', 'c0ffee03-0000-4000-8000-000000000002'),
  custom: item('Custom', { Machine: 'Freezer 7', 'Temperature in °C': -11 }),
  'find-or-create-case': {
    before: { topic: 'freezer-7', payload: 'Freezer 7 is too warm' },
    after: {
      topic: 'freezer-7',
      payload: 'Freezer 7 is too warm',
      caseId,
      case: { caseId, created: true, matches: 1, title: 'Freezer 7 is too warm', status: 'open' },
    },
  },
  'find-cases': {
    before: { topic: 'freezer-7' },
    after: {
      topic: 'freezer-7',
      payload: [{ caseId, templateId: '…', fields: { Title: 'Freezer 7 is too warm', Status: 'open' } }],
    },
  },
  'get-case': {
    before: { caseId },
    after: {
      caseId,
      payload: { caseId, templateId: '…', fields: { Title: 'Freezer 7 is too warm' }, tags: {} },
    },
  },
  'update-case': {
    before: { caseId, payload: { Status: 'closed' } },
    after: { caseId, payload: { Status: 'closed' }, case: { caseId, fields: ['status'] } },
  },
};
