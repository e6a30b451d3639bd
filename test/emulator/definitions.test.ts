import assert from 'node:assert/strict';
import {
  BatchGetFieldCommand,
  GetLayoutCommand,
  GetTemplateCommand,
  ListLayoutsCommand,
} from '@aws-sdk/client-connectcases';
import { demo } from '../../src/emulator';
import { closeLocalCases, type LocalCases, localCases, refused } from '../support/local-cases';

afterEach(closeLocalCases);

const { domainId, templateId, layoutId } = demo;

describe('what the local service knows of its fields, templates and layouts', () => {
  let local: LocalCases;
  beforeEach(async () => {
    local = await localCases();
  });

  it('GetTemplate tells which fields a case has to have', async () => {
    const found = await local.client.send(new GetTemplateCommand({ domainId, templateId }));
    assert.deepEqual(found.requiredFields, [{ fieldId: 'title' }, { fieldId: 'customer_id' }]);
    assert.deepEqual(
      [found.name, found.status, found.layoutConfiguration],
      ['Device alert', 'Active', { defaultLayout: layoutId }],
    );
    assert.match(found.templateArn ?? '', new RegExp(`domain/${domainId}/template/${templateId}$`));
    const unknown = local.client.send(new GetTemplateCommand({ domainId, templateId: 'nope' }));
    await refused(unknown, 'ResourceNotFoundException', /Template/);
  });
  it('BatchGetField describes fields, and says which there are not', async () => {
    const fields = [{ id: 'title' }, { id: 'nope' }, { id: demo.fields.notes }, { id: 'title' }];
    const found = await local.client.send(new BatchGetFieldCommand({ domainId, fields }));
    assert.deepEqual(
      found.fields?.map(({ fieldId, name, attributes }) => [fieldId, name, attributes?.text?.isMultiline]),
      [
        ['title', 'Title', false],
        [demo.fields.notes, 'Notes', true],
      ],
    );
    assert.deepEqual(
      found.errors?.map(({ id, errorCode }) => [id, errorCode]),
      [['nope', 'ResourceNotFoundException']],
    );
  });
  it('ListLayouts and GetLayout tell where agents see which fields', async () => {
    const { layouts = [] } = await local.client.send(new ListLayoutsCommand({ domainId }));
    assert.deepEqual(
      layouts.map((layout) => layout.layoutId),
      [layoutId],
    );
    const { content } = await local.client.send(new GetLayoutCommand({ domainId, layoutId }));
    const [section] = content?.basic?.topPanel?.sections ?? [];
    assert.deepEqual(section?.fieldGroup?.fields, [{ id: 'customer_id' }, { id: 'case_reason' }]);
  });
  it('each can be refused by its IAM action', async () => {
    local.emulator.setDenied(['cases:GetTemplate', 'cases:BatchGetField']);
    const template = local.client.send(new GetTemplateCommand({ domainId, templateId }));
    await refused(template, 'AccessDeniedException', /cases:GetTemplate/);
    const field = local.client.send(new BatchGetFieldCommand({ domainId, fields: [{ id: 'title' }] }));
    await refused(field, 'AccessDeniedException', /cases:BatchGetField/);
  });
});
