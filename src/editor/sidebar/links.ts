import { nodeType } from '../../definition/node-type';
import { showNode } from './commands';
import { make, makeSvg } from './element';
import type { Tab } from './tab';
import { text, textKey } from './text';

const prefix = nodeType('');

/** Ways from a node to what waits and what failed of it: its status, its help, its form, and an action for the keyboard. */
export function linkNodes(tab: Tab, show: () => void): void {
  const open = (id: string | undefined) => {
    const node = id === undefined ? null : RED.nodes.node(id);
    show();
    showNode(tab, node?.type.startsWith(prefix) && node.z ? node.id : undefined);
  };
  const selected = () => RED.view.selection().nodes?.[0]?.id;

  RED.actions.add('connect-cases:show-messages', () => open(selected()), { label: textKey('action') });
  document.addEventListener('mouseover', ({ target }) => {
    const status = statusAt(target)?.status;
    if (!status || status.matches('.connect-cases-status')) return;
    status.classList.add('connect-cases-status');
    status.prepend(makeSvg('title', {}, text('action')));
  });
  document.addEventListener('click', (event) => {
    const { target } = event;
    const below = statusAt(target);
    if (below) open(below.id);
    if (!(target instanceof Element) || !target.closest('.connect-cases-show')) return;
    event.preventDefault();
    open(RED.editor.getEditStack?.().at(-1)?.id ?? selected());
  });
  RED.events.on('editor:open', () => setTimeout(addToForm));
}

/** The status of a node of ours that the pointer is on. */
function statusAt(target: EventTarget | null): { readonly status: Element; readonly id: string } | undefined {
  const status = target instanceof Element ? target.closest('.red-ui-flow-node-status-group') : null;
  const id = status?.closest('.red-ui-flow-node-group')?.id;
  return status && id && RED.nodes.node(id)?.type.startsWith(prefix) ? { status, id } : undefined;
}

/** Puts a button into the form of a node of ours. */
function addToForm(): void {
  if (!RED.editor.getEditStack?.().at(-1)?.type.startsWith(prefix)) return;
  const look = { type: 'button', class: 'red-ui-button connect-cases-show', title: text('action') };
  const button = make('button', look, text('show'));
  document.querySelector('.red-ui-tray-footer-left')?.append(button);
}
