import type { Node, NodeStatus } from 'node-red';

/** Milliseconds between two changes of a node's status: the editor need not follow each message. */
const interval = 250;

export interface StatusLine {
  /** Shows what `status` gives, at once, or as soon as the last change is old enough; only the latest counts. */
  show(status: () => NodeStatus): void;
  /** Clears the status and shows nothing more. */
  close(): void;
}

/** The status of one node, changed no more often than a person can read. */
export function statusLine(node: Node): StatusLine {
  let next: (() => NodeStatus) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = () => {
    timer = undefined;
    if (!next) return;
    node.status(next());
    next = undefined;
    timer = setTimeout(flush, interval).unref();
  };

  return {
    show(status) {
      if (closed) return;
      next = status;
      if (!timer) flush();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      node.status({});
    },
  };
}
