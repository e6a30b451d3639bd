import type { Overview } from '../../../definition/overview/figures';
import { make } from '../element';
import { mayChange } from '../requests';
import { hasLists, type State } from '../state';
import { text } from '../text';
import { button, nodeLink } from './controls';
import { domainView } from './domain';
import { failuresView } from './failures';

/** All of the tab as it is to look now. */
export function tabView(state: State): HTMLElement {
  const { overview, problem } = state;
  return make(
    'div',
    { class: 'connect-cases-tab' },
    problem !== undefined && make('p', { key: 'problem', role: 'status' }, problem),
    ...(overview ? [head(state), ...sections(state, overview)] : []),
  );
}

function sections(state: State, overview: Overview): HTMLElement[] {
  const { domains } = overview;
  // That of a node in a subflow may be a property of the instance.
  const its = domains.filter(({ id }) => RED.nodes.node(state.nodeId ?? '')?.domain === id);
  const shown = (its.length > 0 ? its : domains).map((figures) => domainView(state, figures));
  if (domains.length === 0) shown.push(make('p', { key: 'empty' }, text('empty')));
  if (hasLists(overview)) shown.push(failuresView(state));
  return shown;
}

/** Whose messages are shown, and what can't be done with them. */
const head = ({ nodeId }: State): HTMLElement =>
  make(
    'div',
    { key: 'head' },
    !mayChange() && make('p', {}, text('problem.readOnly', { permission: 'flows.write' })),
    nodeId !== undefined && make('div', {}, text('onlyNode'), ' ', nodeLink(nodeId, '')),
    nodeId !== undefined &&
      make('div', { class: 'connect-cases-buttons' }, button('everything', text('button.everything'))),
  );
