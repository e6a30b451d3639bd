import assert from 'node:assert/strict';
import { deployed, freezer, pump, running, stopRunning } from './running';

after(stopRunning);

describe('the example that closes what nobody touched', function () {
  this.timeout(60_000);

  it('closes each case that was not updated for 7 days, with a comment, and no other', async () => {
    const { cases } = (await running()).emulator.service.state;
    const [old, alsoOld] = [cases.get(freezer.id), cases.get(pump.id)];
    assert.ok(old && alsoOld);
    const daysAgo = (days: number) => ({
      stringValue: new Date(Date.now() - days * 86_400_000).toISOString(),
    });
    const kept = [...cases.values()].map(({ fields }) => ({ fields, before: { ...fields } }));
    for (const { fields } of cases.values()) fields.last_updated_datetime = daysAgo(6.9);
    for (const { fields } of [old, alsoOld]) fields.last_updated_datetime = daysAgo(7.1);
    const open = [...cases.values()].filter(({ fields }) => fields.status?.stringValue === 'open').length;
    const flow = await deployed('stories/close-untouched-cases');
    await flow.press();
    const made = await flow.items(2);
    for (const { id } of [freezer, pump]) await flow.shows('closed', new RegExp(id));
    for (const { caseId, content } of made) {
      assert.ok(caseId === freezer.id || caseId === pump.id);
      assert.match(
        content.comment?.body ?? '',
        /^Closed by itself: nobody has touched this case since \d{4}-/,
      );
    }
    assert.ok([old, alsoOld].every(({ fields }) => fields.status?.stringValue === 'closed'));
    assert.equal(
      [...cases.values()].filter(({ fields }) => fields.status?.stringValue === 'open').length,
      open - 2,
    );
    for (const { fields, before } of kept) Object.assign(fields, before);
  });
});
