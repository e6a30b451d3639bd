import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { demo } from '../../src/emulator';
import { configNodes, deploy, untilFound } from '../support/deployed-flow';
import type { EditorPage } from '../support/editor-page';
import type { Servers } from './session';

/** Our tab in the sidebar. */
export const sidebarOf = ({ page }: EditorPage): Locator => page.locator('.connect-cases-tab');

/** Opens our tab as a person finds it: by the editor's menu, View. */
export async function openSidebar(editor: EditorPage): Promise<void> {
  const { page } = editor;
  await page.click('#red-ui-header-button-sidemenu');
  await page.hover('#menu-item-view-menu');
  await page.click('#menu-item-view-menu-connect-cases');
  await sidebarOf(editor).waitFor();
}

/** A figure of the domain, as it stands in the tab. */
const figure = (editor: EditorPage, name: string): Locator =>
  sidebarOf(editor).locator(`[data-figure="${name}"] dd`);

/** Waits until a figure of the domain says this. */
export const figureIs = (editor: EditorPage, name: string, value: string): Promise<void> =>
  figure(editor, name).getByText(value, { exact: true }).waitFor();

/** A button of the tab, or of the nth of those that are called so. */
export const buttonOf = (editor: EditorPage, name: string, nth = 0): Locator =>
  sidebarOf(editor).getByRole('button', { name, exact: true }).nth(nth);

const [freezer, pump] = demo.cases;

/** How many cases are told of what when a button of the flow is pressed, by the id of the button's node. */
const alarms: Readonly<
  Record<
    string,
    { readonly caseId: string; readonly count: number; readonly cases?: number; readonly node?: string }
  >
> = {
  freezer: { caseId: freezer.id, count: 3 },
  pump: { caseId: pump.id, count: 2 },
  storm: { caseId: freezer.id, count: 600 },
  nowhere: { caseId: 'c0ffee03-0000-4000-8000-00000000dead', count: 1 },
  nobody: { caseId: '', count: 1 },
  flood: { caseId: 'many-', count: 100_000, cases: 100 },
  inside: { caseId: 'c0ffee03-0000-4000-8000-00000000dead', count: 1, node: 'instance' },
};

/** A node that comments what the buttons of the flow tell it. */
export const commentNode = 'note';

/** Name of the SLA that the button `sla` asks for: the service holds it sensitive. */
export const slaName = 'VIP response';

/** A flow whose buttons send comments to the local service at `endpoint`; `domain` adds to the domain's properties. */
export function alarmFlow(endpoint: string, domain: object = {}): object[] {
  const config = configNodes(endpoint, demo).map((each) =>
    each.id === 'local-domain' ? { ...each, store: 'memory', ...domain } : each,
  );
  const inject = (id: string, index: number) => {
    const { caseId, count, cases, node: to = commentNode } = alarms[id] as (typeof alarms)[string];
    const source = `return [Array.from({ length: ${count} }, (_, at) => ({ caseId: '${caseId}'${cases ? ` + (at % ${cases})` : ''}, payload: '${id} ' + (at + 1) }))];`;
    const place = { z: 'tab', y: 60 + index * 60 };
    return [
      { ...place, id, type: 'inject', x: 120, props: [], wires: [[`${id}-messages`]] },
      {
        ...place,
        id: `${id}-messages`,
        type: 'function',
        x: 260,
        func: source,
        outputs: 1,
        wires: [[to]],
      },
    ];
  };
  return [
    ...config,
    ...Object.keys(alarms).flatMap(inject),
    {
      id: commentNode,
      type: 'connect-cases-comment',
      z: 'tab',
      x: 460,
      y: 120,
      name: 'note the alarm',
      domain: 'local-domain',
      wires: [[]],
    },
    {
      ...{ id: 'sla', type: 'inject', z: 'tab', x: 120, y: 400, wires: [['add-sla']] },
      props: [{ p: 'caseId', v: freezer.id, vt: 'str' }],
    },
    {
      ...{
        id: 'add-sla',
        name: 'promise',
        type: 'connect-cases-sla',
        z: 'tab',
        x: 460,
        y: 400,
        domain: 'local-domain',
        wires: [[]],
      },
      ...{ slaName, slaNameType: 'str', targetSlaMinutes: '60', targetSlaMinutesType: 'num' },
      ...{ fieldId: '', targetFieldValues: '' },
    },
    {
      id: 'alarm-subflow',
      type: 'subflow',
      name: 'alarm',
      in: [{ x: 40, y: 40, wires: [{ id: 'template-node' }] }],
      out: [],
    },
    {
      ...{ id: 'template-node', type: 'connect-cases-comment', z: 'alarm-subflow', x: 200, y: 40 },
      ...{ name: 'say it there', domain: 'local-domain', wires: [[]] },
    },
    {
      ...{ id: 'instance', type: 'subflow:alarm-subflow', z: 'tab', x: 460, y: 480 },
      ...{ name: 'of the cellar', wires: [] },
    },
    { id: 'caught', type: 'catch', z: 'tab', x: 460, y: 240, scope: null, wires: [[]] },
  ];
}

/** Deploys that flow in place of what there is. */
export const deployAlarms = ({ nodeRed, emulator }: Servers, domain: object = {}): Promise<void> =>
  deploy(nodeRed.url, alarmFlow(emulator.url, domain));

/** Presses a button of the flow. */
export async function press({ nodeRed }: Servers, id: string): Promise<void> {
  const { status } = await untilFound(() => fetch(`${nodeRed.url}inject/${id}`, { method: 'POST' }));
  assert.equal(status, 200);
}

/** Pauses the only domain: what comes from then on waits. */
export async function pause(editor: EditorPage): Promise<void> {
  await buttonOf(editor, 'Pause').click();
  await buttonOf(editor, 'Go on').waitFor();
}

/** Answers the question that is asked back. */
export async function answer({ page }: EditorPage, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /\d/ });
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The comments of a case, oldest first. */
export const commentsOn = ({ emulator }: Servers, caseId: string): unknown[] =>
  emulator.service.state.cases.get(caseId)?.items.map(({ content }) => content.comment?.body) ?? [];

/** Waits until a case has so many comments: what is sent again has left the list before it is there. */
export async function untilCommented(servers: Servers, caseId: string, count: number): Promise<void> {
  while (commentsOn(servers, caseId).length < count) await wait(20);
}
