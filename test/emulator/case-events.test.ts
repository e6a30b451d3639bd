import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateCaseCommand,
  DeleteCaseCommand,
  type EventBridgeConfiguration,
  PutCaseEventConfigurationCommand,
  UpdateCaseCommand,
} from '@aws-sdk/client-connectcases';
import { demo, startEmulator } from '../../src/emulator';
import { closeLocalCases, commentsOf, freezer, type LocalCases, localCases } from '../support/local-cases';

afterEach(closeLocalCases);

const { domainId } = demo;
const text = (id: string, stringValue: string) => ({ id, value: { stringValue } });

interface CaseEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly eventType: string;
    readonly performedBy: object;
    readonly changedFieldIds?: readonly string[];
    readonly case?: { readonly caseId: string; readonly fields?: object };
    readonly relatedItem?: { readonly relatedItemType: string; readonly comment?: { readonly body: string } };
  };
}

describe('case events of the local service', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cases-'));
    file = join(folder, 'events.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const events = (): CaseEvent[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const configure = ({ client }: LocalCases, eventBridge: EventBridgeConfiguration) =>
    client.send(new PutCaseEventConfigurationCommand({ domainId, eventBridge }));
  const withAll = {
    enabled: true,
    includedData: {
      caseData: { fields: [{ id: 'status' }, { id: 'summary' }] },
      relatedItemData: { includeContent: true },
    },
  };

  it('tell what happened to cases and items, by whom, with the data that was asked for', async () => {
    const local = await localCases({ events: { file } });
    await configure(local, withAll);
    const fields = [text('title', 'Belt 4'), text(demo.fields.machine, 'belt-4')];
    const templateId = demo.alarmTemplateId;
    const { caseId } = await local.client.send(new CreateCaseCommand({ domainId, templateId, fields }));
    await local.client.send(
      new UpdateCaseCommand({
        domainId,
        caseId,
        fields: [text('status', 'closed')],
        performedBy: { customEntity: 'flow' },
      }),
    );
    await local.create(
      'Comment',
      { comment: { body: '8.4 °C', contentType: 'Text/Plain' } },
      { customEntity: 'flow' },
    );
    await local.client.send(new DeleteCaseCommand({ domainId, caseId }));
    const [created, updated, commented, deleted] = events();
    assert.deepEqual(
      [created, updated, commented, deleted].map((event) => event?.detail.eventType),
      ['CASE.CREATED', 'CASE.UPDATED', 'RELATED_ITEM.CREATED', 'CASE.DELETED'],
    );
    assert.deepEqual(updated?.detail.case?.fields, { status: { value: { stringValue: 'closed' } } });
    assert.ok(updated?.detail.changedFieldIds?.includes('status'));
    assert.deepEqual(updated?.detail.performedBy, {
      user: { customEntity: 'flow' },
      iamPrincipalArn: 'arn:aws:iam::123456789012:user/local',
    });
    assert.deepEqual(
      [commented?.source, commented?.['detail-type']],
      ['aws.cases', 'Amazon Connect Cases Change'],
    );
    assert.equal(commented?.detail.relatedItem?.comment?.body, '8.4 °C');
    assert.match(commented?.resources[1] ?? '', new RegExp(`/case/${freezer.id}/related-item/`));
    assert.equal(new Set(events().map(({ id }) => id)).size, 4);
  });
  it('come only once they are switched on, and without data unless it is asked for', async () => {
    const local = await localCases({ events: { file } });
    await local.comment('unheard');
    assert.deepEqual(events(), []);
    await configure(local, { enabled: true });
    await local.comment('heard');
    assert.equal(events().length, 1);
    assert.equal(events()[0]?.detail.relatedItem?.comment, undefined);
    await configure(local, { enabled: false });
    await local.comment('unheard again');
    assert.equal(events().length, 1);
  });

  it('are lost where there is no room for them, and what they tell of is done', async function () {
    const full = '/dev/full';
    if (!existsSync(full)) return this.skip();
    const local = await localCases({ events: { file: full } });
    await configure(local, { enabled: true });
    await local.comment('told to nobody');
    assert.deepEqual(await commentsOf(local), ['told to nobody']);
  });

  describe('are posted', () => {
    let server: Server;
    let received: string[];
    beforeEach(async () => {
      received = [];
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          received.push(body);
          response.end();
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(() => server.close());

    it('to an address on loopback, one after the other', async () => {
      const { port } = server.address() as AddressInfo;
      const local = await localCases({ events: { url: `http://127.0.0.1:${port}/events` } });
      await configure(local, withAll);
      const bodies = Array.from({ length: 20 }, (_, index) => `comment ${index}`);
      for (const body of bodies) await local.comment(body);
      await local.emulator.close();
      assert.deepEqual(
        received.map((event) => (JSON.parse(event) as CaseEvent).detail.relatedItem?.comment?.body),
        bodies,
      );
    });
  });
  it('go nowhere else', async () => {
    for (const url of ['https://example.com/events', 'http://10.0.0.1/', 'nowhere']) {
      await assert.rejects(startEmulator({ events: { url } }), /address on loopback/);
    }
  });
});
