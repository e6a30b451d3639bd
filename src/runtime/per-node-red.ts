import type { NodeAPI } from 'node-red';

/** What there is one of for each Node-RED, made when it is first asked for. Each set of nodes sees a `RED` of its own. */
export function perNodeRed<Value>(make: (RED: NodeAPI) => Value): (RED: NodeAPI) => Value {
  const made = new WeakMap<NodeAPI['events'], { readonly value: Value }>();
  return (RED) => {
    let one = made.get(RED.events);
    if (!one) {
      one = { value: make(RED) };
      made.set(RED.events, one);
    }
    return one.value;
  };
}
