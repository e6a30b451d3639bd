import assert from 'node:assert/strict';
import {
  CreateRelatedItemCommand,
  DeleteRelatedItemCommand,
  type FieldValueUnion,
} from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import {
  closeLocalCases,
  inFreezer,
  type LocalCases,
  localCases,
  pump,
  refused,
} from '../support/local-cases';

afterEach(closeLocalCases);

const { fields } = demo;
const sla = (more: object = {}) => ({
  sla: {
    slaInputConfiguration: {
      name: 'First response',
      type: 'CaseField' as const,
      targetSlaMinutes: 90,
      ...more,
    },
  },
});
const custom = (...values: [id: string, value: FieldValueUnion][]) => ({
  custom: { fields: values.map(([id, value]) => ({ id, value })) },
});

describe('CreateRelatedItem of the local service', () => {
  let local: LocalCases;
  beforeEach(async () => {
    local = await localCases({ now: () => Date.parse('2026-09-01T10:00:00Z') });
  });
  const onlyItem = async () => {
    const [item, ...others] = (await local.search()).relatedItems;
    assert.ok(item && others.length === 0);
    const { relatedItemId, ...rest } = item;
    return rest;
  };

  it('answers with the id and the ARN of the item', async () => {
    const { relatedItemId, relatedItemArn } = await local.comment('8.4 °C');
    assert.equal(
      relatedItemArn,
      `arn:aws:cases:us-east-1:123456789012:domain/${demo.domainId}/case/${inFreezer.caseId}/related-item/${relatedItemId}`,
    );
  });
  it('takes Region and partition of the ARN from the signature, and the account from its options', async () => {
    const china = await localCases({ account: '999988887777' }, undefined, 'cn-north-1');
    const { relatedItemArn } = await china.comment('hi');
    assert.match(relatedItemArn ?? '', /^arn:aws-cn:cases:cn-north-1:999988887777:domain\//);
  });
  it('takes the full ARN of a case as its id', async () => {
    const caseId = `arn:aws:cases:us-east-1:123456789012:domain/${demo.domainId}/case/${inFreezer.caseId}`;
    const content = { comment: { body: 'by ARN', contentType: 'Text/Plain' as const } };
    await local.client.send(new CreateRelatedItemCommand({ ...inFreezer, caseId, type: 'Comment', content }));
    assert.deepEqual((await onlyItem()).content, content);
  });

  it('keeps a comment and who wrote it', async () => {
    await local.create(
      'Comment',
      { comment: { body: 'hi', contentType: 'Text/Plain' } },
      { customEntity: 'flow 7' },
    );
    assert.deepEqual(await onlyItem(), {
      type: 'Comment',
      associationTime: new Date('2026-09-01T10:00:00Z'),
      content: { comment: { body: 'hi', contentType: 'Text/Plain' } },
      performedBy: { customEntity: 'flow 7' },
      tags: {},
    });
  });
  it('gives a contact its channel and time', async () => {
    await local.create('Contact', { contact: { contactArn: demo.contactArn } });
    assert.deepEqual((await onlyItem()).content, {
      contact: {
        contactArn: demo.contactArn,
        channel: 'VOICE',
        connectedToSystemTime: new Date('2026-09-01T10:00:00Z'),
      },
    });
  });
  it('keeps a file, a linked case and a custom item as they are', async () => {
    const everyField = custom(
      [fields.machine, { stringValue: 'Pump 12' }],
      [fields.temperature, { doubleValue: 8.4 }],
      [fields.underWarranty, { booleanValue: false }],
      [fields.nextVisit, { stringValue: '2026-09-02T08:00:00Z' }],
      [fields.technician, { userArnValue: demo.userArn }],
    );
    await local.create('Custom', everyField);
    await local.create('ConnectCase', { connectCase: { caseId: pump.id } });
    await local.create('File', { file: { fileArn: demo.fileArn } });
    const { relatedItems } = await local.search();
    assert.deepEqual(
      relatedItems.map(({ content }) => content),
      [{ file: { fileArn: demo.fileArn } }, { connectCase: { caseId: pump.id } }, everyField],
    );
  });
  it('turns the minutes of an SLA into a target time', async () => {
    await local.create('Sla', sla({ fieldId: 'status', targetFieldValues: [{ stringValue: 'closed' }] }));
    assert.deepEqual((await onlyItem()).content, {
      sla: {
        slaConfiguration: {
          name: 'First response',
          type: 'CaseField',
          status: 'Active',
          fieldId: 'status',
          targetFieldValues: [{ stringValue: 'closed' }],
          targetTime: new Date('2026-09-01T11:30:00Z'),
        },
      },
    });
  });

  describe('refuses', () => {
    const comment = { comment: { body: 'hi', contentType: 'Text/Plain' as const } };

    it('a domain and a case that do not exist', async () => {
      const create = (at: object) =>
        local.client.send(
          new CreateRelatedItemCommand({ ...inFreezer, ...at, type: 'Comment', content: comment }),
        );
      await assert.rejects(create({ domainId: 'nope' }), {
        name: 'ResourceNotFoundException',
        resourceType: 'Domain',
        resourceId: 'nope',
      });
      await assert.rejects(create({ caseId: 'nope' }), { resourceType: 'Case', resourceId: 'nope' });
      const elsewhere = `arn:aws:cases:us-east-1:123456789012:domain/other/case/${inFreezer.caseId}`;
      await refused(create({ caseId: elsewhere }), 'ResourceNotFoundException');
    });
    it('content that is not of the type', () =>
      refused(local.create('Sla', comment), 'ValidationException', /content has to be 'sla'/));
    it('lengths, ranges, patterns and enums of the model', async () => {
      const refusal = (promise: Promise<unknown>, path: RegExp) =>
        refused(promise, 'ValidationException', path);
      await refusal(local.comment(''), /content\.comment\.body/);
      await refusal(local.comment('x'.repeat(15_001)), /content\.comment\.body/);
      await refusal(local.create('Sla', sla({ targetSlaMinutes: 0 })), /targetSlaMinutes/);
      await refusal(local.create('Sla', sla({ name: 'ends in space ' })), /name/);
      await refusal(local.create('Custom', custom()), /content\.custom\.fields/);
      await refusal(
        local.create('Comment', comment, { customEntity: 'no#hash' }),
        /performedBy\.customEntity/,
      );
    });
    it('an ARN that is none', async () => {
      await refused(
        local.create('Contact', { contact: { contactArn: 'c-1' } }),
        'ValidationException',
        /contactArn/,
      );
      await refused(local.create('File', { file: { fileArn: 'f-1' } }), 'ValidationException', /fileArn/);
      await refused(local.create('Comment', comment, { userArn: 'me' }), 'ValidationException', /userArn/);
    });
    it('an SLA on another field than status, or for a value that status does not have', async () => {
      await refused(local.create('Sla', sla({ fieldId: 'title' })), 'ValidationException', /'status'/);
      const closed = sla({ fieldId: 'status', targetFieldValues: [{ stringValue: 'Closed' }] });
      await refused(local.create('Sla', closed), 'ValidationException', /active option/);
      const empty = sla({ fieldId: 'status', targetFieldValues: [{ emptyValue: {} }] });
      await refused(local.create('Sla', empty), 'ValidationException', /must not be empty/);
    });
    it('a case linked to itself or to one that does not exist', async () => {
      const link = (caseId: string) => local.create('ConnectCase', { connectCase: { caseId } });
      await refused(link(inFreezer.caseId), 'ValidationException', /itself/);
      await refused(link('nope'), 'ResourceNotFoundException');
    });
    it('system fields, unknown fields and a field given twice in a custom item', async () => {
      const text = { stringValue: 'x' };
      await refused(
        local.create('Custom', custom(['title', text])),
        'ValidationException',
        /not a custom field/,
      );
      await refused(local.create('Custom', custom(['nope', text])), 'ValidationException', /does not exist/);
      const twice = custom([fields.machine, text], [fields.machine, text]);
      await refused(local.create('Custom', twice), 'ValidationException', /given twice/);
    });
    for (const [what, id, value] of [
      ['a number for a text', fields.machine, { doubleValue: 1 }],
      ['a text for a number', fields.temperature, { stringValue: '8.4' }],
      ['501 characters for a single line', fields.machine, { stringValue: 'x'.repeat(501) }],
      ['a date in words', fields.nextVisit, { stringValue: 'tomorrow' }],
      ['an option that is inactive', fields.severity, { stringValue: 'panic' }],
      ["an option's name instead of its value", fields.severity, { stringValue: 'High' }],
      ['a URL without a scheme', fields.dashboard, { stringValue: 'example.com' }],
      ['a user that is not an ARN', fields.technician, { userArnValue: 'Ada' }],
    ] as const) {
      it(what, () => refused(local.create('Custom', custom([id, value])), 'ValidationException'));
    }
    it('but not the empty value, whatever the field', async () => {
      const empty = Object.values(fields).slice(0, 5);
      await local.create(
        'Custom',
        custom(...empty.map((id): [string, FieldValueUnion] => [id, { emptyValue: {} }])),
      );
    });
  });

  describe('keeps the quotas of a case', () => {
    const exceeded = (promise: Promise<unknown>) =>
      assert.rejects(promise, { name: 'ServiceQuotaExceededException', $fault: 'client' });

    it('200 related items', async () => {
      for (let count = 0; count < 200; count += 1) await local.comment('x');
      await exceeded(local.comment('one more'));
    });
    it('50 files, 10 SLAs, 5 fields in a custom item', async () => {
      for (let count = 0; count < 50; count += 1)
        await local.create('File', { file: { fileArn: demo.fileArn } });
      await exceeded(local.create('File', { file: { fileArn: demo.fileArn } }));
      for (let count = 0; count < 10; count += 1) await local.create('Sla', sla());
      await exceeded(local.create('Sla', sla()));
      const six = Object.values(fields).slice(0, 6);
      await exceeded(
        local.create(
          'Custom',
          custom(...six.map((id): [string, FieldValueUnion] => [id, { emptyValue: {} }])),
        ),
      );
    });
    it('unless they are lifted or changed', async () => {
      const free = await localCases({ limits: 'unlimited' });
      for (let count = 0; count < 12; count += 1) await free.create('Sla', sla());
      const tight = await localCases({ limits: { relatedItems: 1 } });
      await tight.comment('first');
      await exceeded(tight.comment('second'));
    });
  });

  it('deletes what it created, apart from files', async () => {
    const { relatedItemId } = await local.comment('x');
    const file = await local.create('File', { file: { fileArn: demo.fileArn } });
    const remove = (id: string | undefined) =>
      local.client.send(new DeleteRelatedItemCommand({ ...inFreezer, relatedItemId: id }));
    await remove(relatedItemId);
    await refused(remove(relatedItemId), 'ResourceNotFoundException', /RelatedItem/);
    await refused(remove(file.relatedItemId), 'ValidationException', /DeleteAttachedFile/);
    assert.equal((await onlyItem()).type, 'File');
  });
});
