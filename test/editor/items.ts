import { demo } from '../../src/emulator';
import type { EditorPage } from '../support/editor-page';

/** How a person fills the form of an item node, and what comes of it. */
export interface Item {
  readonly base: string;
  readonly label: string;
  fill(editor: EditorPage): Promise<void>;
  readonly saved: object;
  /** What the service then holds. */
  readonly content: object;
  /** Property, type and text that the form refuses, and its reason. */
  readonly bad: readonly [name: string, type: string, text: string, reason: string];
}

const tooLong = 'a'.repeat(501);

/** One of each item node. */
export const items: readonly Item[] = [
  {
    base: 'comment',
    label: 'create comment: Freezer 7 is at -11 °C',
    fill: (editor) => editor.type('body', 'str', 'Freezer 7 is at -11 °C'),
    saved: { body: 'Freezer 7 is at -11 °C', bodyType: 'str' },
    content: { comment: { body: 'Freezer 7 is at -11 °C', contentType: 'Text/Plain' } },
    bad: ['body', 'str', '', 'Text is missing.'],
  },
  {
    base: 'contact',
    label: 'link contact',
    fill: (editor) => editor.type('contactArn', 'str', demo.contactArn),
    saved: { contactArn: demo.contactArn, contactArnType: 'str' },
    content: { contact: { contactArn: demo.contactArn } },
    bad: ['contactArn', 'str', tooLong, 'Contact ARN has 501 characters; allowed are 1 to 500.'],
  },
  {
    base: 'file',
    label: 'attach file',
    fill: (editor) => editor.type('fileArn', 'str', demo.fileArn),
    saved: { fileArn: demo.fileArn, fileArnType: 'str' },
    content: { file: { fileArn: demo.fileArn } },
    bad: ['fileArn', 'str', tooLong, 'File ARN has 501 characters; allowed are 1 to 500.'],
  },
  {
    base: 'sla',
    label: 'add SLA: First response, 1 d 4 h',
    async fill(editor) {
      await editor.typed('slaName').fill('First response');
      await editor.typed('targetSlaMinutes').fill('1 d 4 h');
      await editor.pick(editor.typed('targetFieldValues'), 'clo', 'Closed');
    },
    saved: {
      slaName: 'First response',
      targetSlaMinutes: '1680',
      fieldId: 'status',
      targetFieldValues: 'closed',
    },
    content: {
      sla: {
        slaInputConfiguration: {
          name: 'First response',
          type: 'CaseField',
          fieldId: 'status',
          targetFieldValues: [{ stringValue: 'closed' }],
          targetSlaMinutes: 1680,
        },
      },
    },
    bad: ['targetSlaMinutes', 'num', '0', 'Minutes is 0; allowed is 1 to 1051200.'],
  },
  {
    base: 'connect-case',
    label: 'link case',
    fill: (editor) => editor.pickTyped('relatedCaseId', 'Pump', demo.cases[1].title),
    saved: { relatedCaseId: demo.cases[1].id, relatedCaseIdType: 'str' },
    content: { connectCase: { caseId: demo.cases[1].id } },
    bad: ['relatedCaseId', 'str', '', 'Other case is missing.'],
  },
  {
    base: 'custom',
    label: 'custom item',
    async fill(editor) {
      await editor.chooseType(editor.typed('fields'), 'rows');
      await addRow(editor, 'mach', 'Machine');
      await rowValue(editor).fill('Freezer 7');
      await addRow(editor, 'temp', 'Temperature in °C');
      await rowValue(editor).fill('-11');
      await rowValue(editor).blur();
    },
    saved: {
      fieldsType: 'rows',
      rows: [
        { id: demo.fields.machine, value: 'Freezer 7', valueType: 'str' },
        { id: demo.fields.temperature, value: '-11', valueType: 'num' },
      ],
    },
    content: {
      custom: {
        fields: [
          { id: demo.fields.machine, value: { stringValue: 'Freezer 7' } },
          { id: demo.fields.temperature, value: { doubleValue: -11 } },
        ],
      },
    },
    bad: ['fields', 'json', '{', 'Fields is not valid JSON.'],
  },
];

/** Adds a row to the custom item's list and picks its field. */
export async function addRow(editor: EditorPage, search: string, name: string): Promise<void> {
  await editor.page.click('.red-ui-editableList-addButton');
  await editor.pick(editor.page.locator('.connect-cases-id').last(), search, name);
}

/** The visible input of the last row's value. */
export const rowValue = ({ page }: EditorPage) =>
  page.locator('.connect-cases-value-box .red-ui-typedInput-input').last();
