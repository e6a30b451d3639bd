import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { demo } from '../../src/emulator';
import { pageHandler } from '../../src/emulator/page/page';
import type { Arrived } from '../../src/emulator/wire/operation-request';
import { closeLocalCases, freezer, type LocalCases, localCases } from '../support/local-cases';

afterEach(closeLocalCases);

interface Feed {
  totalCases: number;
  cases: { id: string; title: string; items: number }[];
  items: {
    caseId: string;
    type: string;
    by: string;
    text: string;
    facts: [string, string][];
    sla?: { status: string; dueAt: number };
  }[];
  deleted?: string[];
}

describe('the page of the local service', () => {
  let local: LocalCases;
  beforeEach(async () => {
    local = await localCases({ limits: 'unlimited' });
  });

  /** Events as they arrive, each with its name and data. */
  async function* events(): AsyncGenerator<{ event: string; data: Feed }, void> {
    const response = await fetch(`${local.emulator.url}/events`);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    let pending = '';
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      const parts = (pending + read.value).split('\n\n');
      pending = parts.pop() ?? '';
      for (const part of parts) {
        const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
        if (event) yield { event, data: JSON.parse(data) as Feed };
      }
    }
  }
  const next = async (feed: ReturnType<typeof events>) => {
    const { value } = await feed.next();
    assert.ok(value);
    return value;
  };

  it('is one document that needs nothing from elsewhere and lets nothing else in', async () => {
    const response = await fetch(local.emulator.url);
    const html = await response.text();
    assert.equal(response.status, 200);
    assert.match(html, /^<!doctype html>/);
    assert.doesNotMatch(html.replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\//);
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  });
  it('gets what there is, and then every change as it happens', async () => {
    await local.comment('before');
    const feed = events();
    const first = await next(feed);
    assert.equal(first.event, 'snapshot');
    assert.deepEqual(
      first.data.cases
        .map(({ title, items }) => ({ title, items }))
        .find(({ title }) => title === freezer.title),
      { title: freezer.title, items: 1 },
    );
    assert.deepEqual(
      first.data.items.map(({ text }) => text),
      ['before'],
    );
    await local.create(
      'Comment',
      { comment: { body: '<b>after</b>', contentType: 'Text/Plain' } },
      { customEntity: 'flow 7' },
    );
    const { event, data } = await next(feed);
    assert.equal(event, 'changes');
    assert.deepEqual(
      data.items.map(({ caseId, type, by, text }) => ({ caseId, type, by, text })),
      [{ caseId: freezer.id, type: 'Comment', by: 'flow 7', text: '<b>after</b>' }],
    );
    assert.equal(data.cases[0]?.items, 2);
    await feed.return(undefined);
  });
  it('shows names for ids, and when an SLA is due', async () => {
    await local.create('ConnectCase', { connectCase: { caseId: demo.cases[1].id } });
    await local.create('Custom', {
      custom: { fields: [{ id: demo.fields.temperature, value: { doubleValue: 8.4 } }] },
    });
    await local.create('Sla', {
      sla: { slaInputConfiguration: { name: 'First response', type: 'CaseField', targetSlaMinutes: 5 } },
    });
    const feed = events();
    const [sla, custom, link] = (await next(feed)).data.items;
    assert.equal(link?.text, demo.cases[1].title);
    assert.deepEqual(custom?.facts, [['Temperature in °C', '8.4']]);
    assert.equal(sla?.text, 'First response');
    assert.deepEqual([sla?.sla?.status, typeof sla?.sla?.dueAt], ['Active', 'number']);
    await feed.return(undefined);
  });
  it('gets the most recent of very many items', async () => {
    for (let count = 0; count < 250; count += 1) await local.comment(`comment ${count}`);
    const feed = events();
    const { data } = await next(feed);
    assert.equal(data.items.length, 200);
    assert.equal(data.items[0]?.text, 'comment 249');
    await feed.return(undefined);
  });
  it('has nothing heaped up while it does not read, and gets it all once it does', async () => {
    let written: (text: string) => void = () => {};
    let read: () => void = () => {};
    const nextWritten = () =>
      new Promise<string>((resolve) => {
        written = resolve;
      });
    const stalled = new Writable({
      highWaterMark: 1,
      write(chunk, _encoding, done) {
        read = done;
        written(String(chunk));
      },
    });
    const response = Object.assign(stalled, { writeHead: () => stalled }) as unknown as ServerResponse;
    const wire = { method: 'GET', target: '/events', headers: {}, body: '' };
    const arrived = { wire, queryString: '', response } as Arrived;
    const snapshot = nextWritten();
    void pageHandler(local.emulator)(arrived);
    await snapshot;
    const feed = events();
    await next(feed);
    for (const body of ['first', 'second', 'third']) {
      await local.comment(body);
      await next(feed);
    }
    const all = nextWritten();
    read();
    for (const body of ['first', 'second', 'third']) assert.ok((await all).includes(body), body);
    stalled.destroy();
    await feed.return(undefined);
  });
});
