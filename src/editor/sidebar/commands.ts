import type { DropRequest, FailuresChoice } from '../../definition/overview/lists';
import { confirmed } from './dialog';
import { make } from './element';
import { ask } from './requests';
import { waitingOf } from './state';
import { messageOf, type Tab } from './tab';
import { number, sentence, text } from './text';

type Command = (tab: Tab, data: DOMStringMap, pressed: HTMLElement) => Promise<void> | void;

/** What the buttons of the tab do. */
const commands: Readonly<Record<string, Command>> = {
  async pause(tab, { id = '' }) {
    tab.take(await ask('pause', { domain: id }));
  },
  async resume(tab, { id = '' }) {
    tab.take(await ask('resume', { domain: id }));
  },
  async test(_tab, { id = '' }, pressed) {
    const report = pressed.closest('section')?.querySelector<HTMLElement>('.connect-cases-report');
    const domain = RED.nodes.node(id);
    if (report && domain) await domain._def.testConnection?.call(domain, $(report));
  },
  reveal(_tab, { id = '' }) {
    RED.view.reveal(id);
    if (RED.nodes.node(id)?.z) RED.view.select(id);
  },
  async drop(tab, { domain = '', message, group, count }) {
    const what: DropRequest['what'] = message ? { message } : group ? { group } : 'all';
    const many = message
      ? 1
      : (count ?? tab.state.overview?.domains.find(({ id }) => id === domain)?.waiting ?? 0);
    if (!(await confirmed(text('ask.drop', { count: number(Number(many)) }), text('button.drop')))) return;
    const { dropped } = await ask('drop', { domain, what });
    say(text('said.dropped', { count: number(dropped) }));
    tab.reload();
  },
  async again(tab, { id, doubt }) {
    if (doubt && !(await confirmed(text('ask.twice', { count: number(1) }), text('button.again')))) return;
    await sendAgain(tab, id ? [id] : 'all', doubt !== undefined);
    tab.reload();
  },
  async copy(tab, { id = '' }, pressed) {
    const { json } = await ask('message', { id, ...(tab.state.plain && { plain: true }) });
    RED.clipboard.copyText(json, $(pressed), 'clipboard.copyMessageValue');
  },
  async forget(tab, { id }) {
    const many = id ? 1 : (tab.state.overview?.failures ?? 0);
    if (!(await confirmed(text('ask.forget', { count: number(many) }), text('button.drop')))) return;
    await ask('dropFailures', { ids: id ? [id] : 'all' });
    tab.reload();
  },
  page(tab, { list, domain = '', skip }) {
    const turned = list === 'failures' ? tab.state.failures : waitingOf(tab.state, domain);
    turned.skip = Number(skip);
    tab.reload();
  },
  redact(tab) {
    tab.state.plain = !tab.state.plain;
    tab.reload();
  },
  everything(tab) {
    showNode(tab, undefined);
  },
};

/** Sends failed messages again, and after asking back those, too, that may have been carried out already. */
async function sendAgain(tab: Tab, ids: FailuresChoice['ids'], evenTwice: boolean): Promise<void> {
  const { sent, inDoubt, refused } = await ask('sendAgain', { ids, evenTwice });
  const problems = refused.map(({ error }) => sentence(error));
  say([text('said.again', { count: number(sent) }), ...new Set(problems)].join(' '));
  if (inDoubt.length === 0) return;
  const question = text('ask.twice', { count: number(inDoubt.length) });
  if (await confirmed(question, text('button.again'))) await sendAgain(tab, inDoubt, true);
}

/** Shows the messages of one node alone, or those of all. */
export function showNode(tab: Tab, nodeId: string | undefined): void {
  tab.state.nodeId = nodeId;
  for (const list of [...tab.state.waiting.values(), tab.state.failures]) list.skip = 0;
  tab.reload();
}

/** In an element of its own: Node-RED takes a text for HTML, and one that quotes a flow may hold anything. */
const say = (words: string, type = 'compact'): void => RED.notify(make('p', {}, words), { type });

/** Does what is pressed in the tab, one thing at a time, and says why where it can't be done. */
export function runCommands(tab: Tab): void {
  tab.element.addEventListener('click', async ({ target }) => {
    const pressed = target instanceof Element && target.closest<HTMLElement>('[data-do]');
    const command = pressed && commands[pressed.dataset.do ?? ''];
    if (!command || pressed.ariaBusy === 'true') return;
    const list = pressed.closest('details');
    pressed.ariaBusy = 'true';
    try {
      await command(tab, pressed.dataset, pressed);
    } catch (problem) {
      say(messageOf(problem), 'error');
    }
    pressed.ariaBusy = null;
    tab.draw();
    // What was pressed may be gone with its row: the keyboard goes on at the head of its list.
    if (!pressed.isConnected && document.activeElement === document.body)
      list?.querySelector('summary')?.focus();
  });
}
