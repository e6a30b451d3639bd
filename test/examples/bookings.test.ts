import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { demo } from '../../src/emulator';
import { deployed, freezer, pump, running } from '../support/running';

const { machine, nextVisit, underWarranty, notes } = demo.fields;

/** As a spreadsheet saves it: quotes, a comma within, an empty cell; one line names no case. */
const file = [
  'case,machine,visit,warranty,notes',
  `${freezer.id},Freezer 7,2026-12-01T09:00:00Z,yes,"Seal, ""left"" door"`,
  ',Freezer 9,2026-12-01T11:00:00Z,yes,nobody knows the case',
  `${pump.id},12,2026-12-01T13:30:00Z,no,`,
  `${freezer.id},Freezer 8,2026-12-02T09:00:00Z,no,after Freezer 7`,
  '',
].join('\r\n');

describe('the example for bookings', function () {
  this.timeout(60_000);

  it('makes a custom item of each line that names a case, in order', async () => {
    const { bookingsFile } = await running();
    await writeFile(bookingsFile, file);
    const flow = await deployed('stories/csv-bookings-to-custom-items');
    await flow.press();
    const items = await flow.items(3);
    const made = (caseId: string) =>
      items.filter((item) => item.caseId === caseId).map(({ content }) => content.custom?.fields);
    const item = (name: string, visit: string, warranty: boolean, text: object) => [
      { id: machine, value: { stringValue: name } },
      { id: nextVisit, value: { stringValue: visit } },
      { id: underWarranty, value: { booleanValue: warranty } },
      { id: notes, value: text },
    ];
    assert.deepEqual(made(freezer.id), [
      item('Freezer 7', '2026-12-01T09:00:00Z', true, { stringValue: 'Seal, "left" door' }),
      item('Freezer 8', '2026-12-02T09:00:00Z', false, { stringValue: 'after Freezer 7' }),
    ]);
    assert.deepEqual(made(pump.id), [item('12', '2026-12-01T13:30:00Z', false, { emptyValue: {} })]);
  });
});
