import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { demo } from '../../src/emulator';
import { deployed, freezer, pump, running, stopRunning } from './running';

after(stopRunning);

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

  it('says the line that is refused, and why', async () => {
    const { bookingsFile } = await running();
    await writeFile(bookingsFile, file);
    const flow = await deployed('stories/csv-bookings-to-custom-items');
    await flow.press('read');
    await flow.shows('line and reason', /^line 3: .*case.*: \{.*"machine":"Freezer 9".*\}$/);
    for (const { id } of await flow.items(3)) await flow.shows('what was made', new RegExp(`^Custom ${id}$`));
  });

  it('is tried with its button: one line is good, the other one names no case', async () => {
    const flow = await deployed('stories/csv-bookings-to-custom-items');
    await flow.press('sample');
    const [item] = await flow.items(1);
    assert.equal(item?.caseId, freezer.id);
    await flow.shows('line and reason', /^line 3: .*no-such-case/);
  });

  const columns = ' Case;machine ; Visit; warranty ;"Notes"';
  const line = `${freezer.id};Kühltruhe 7;2026-12-01T09:00:00Z;YES;"Dichtung; links"`;
  const saved = [columns, line, ';;;;', ''].join('\r\n');
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  for (const [how, bytes] of Object.entries({
    'CSV UTF-8, with a mark in front': Buffer.from(`\uFEFF${saved}`),
    'CSV without a mark': Buffer.from(saved),
    'CSV in the encoding of Windows': Buffer.from(saved, 'latin1'),
    'UTF-16': utf16(saved),
    'Unicode Text, with tabs': utf16(saved.replace('Dichtung;', 'Dichtung,').replaceAll(';', '\t')),
    'CSV with commas and old line ends': Buffer.from(
      saved.replace('Dichtung;', 'Dichtung,').replaceAll(';', ',').replaceAll('\r\n', '\r'),
    ),
  })) {
    it(`takes a file as Excel saves it: ${how}`, async () => {
      const { bookingsFile } = await running();
      await writeFile(bookingsFile, bytes);
      const flow = await deployed('stories/csv-bookings-to-custom-items');
      await flow.press('read');
      const [item, ...more] = await flow.items(1);
      assert.deepEqual(more, []);
      const values = item?.content.custom?.fields?.map(({ value }) => Object.values(value ?? {})[0]);
      assert.deepEqual(values?.slice(0, 3), ['Kühltruhe 7', '2026-12-01T09:00:00Z', true]);
      assert.match(String(values?.[3]), /^Dichtung[;,] links$/);
    });
  }

  it('makes up no value for a cell that is empty or not understood', async () => {
    const { bookingsFile } = await running();
    const lines = ['', 'perhaps', 'no'].map((word) => `${freezer.id},Freezer 7,2026-12-01,${word},`);
    await writeFile(bookingsFile, ['case,machine,visit,warranty,notes', ...lines].join('\n'));
    const flow = await deployed('stories/csv-bookings-to-custom-items');
    await flow.press('read');
    await flow.shows('line and reason', /^line 3: custom\.fields\[2\]/);
    const items = await flow.items(2);
    const warranties = items.map(
      ({ content }) => content.custom?.fields?.find(({ id }) => id === underWarranty)?.value,
    );
    assert.deepEqual(warranties, [{ emptyValue: {} }, { booleanValue: false }]);
  });
});
