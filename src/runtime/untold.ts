import { perNodeRed } from './per-node-red';

/** How long endings are gathered for one line of the log, in milliseconds: a queue may go on for hours without its nodes. */
const gatherMs = 60_000;
/** Messages named in one line at most. */
const mostInLine = 500;

/** How a message has ended that no node can be told of. */
interface Ending {
  readonly messageId: string;
  readonly outcome: string;
  /** The log has it now. */
  handedOn(): void;
}

/** Messages that no node can be told of: the log lists them, many in one line. */
interface Untold {
  add(ending: Ending): void;
  /** Writes the lines now. */
  say(): void;
}

/** The one list of a Node-RED. */
export const untold = perNodeRed(({ log }) => listIn((line) => log.warn(line)));

function listIn(write: (line: string) => void): Untold {
  let endings: Ending[] = [];
  let timer: NodeJS.Timeout | undefined;

  const say = () => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = endings;
    endings = [];
    for (let from = 0; from < gathered.length; from += mostInLine) {
      write(lineOf(gathered.slice(from, from + mostInLine)));
    }
    for (const { handedOn } of gathered) handedOn();
  };

  return {
    say,
    add(ending) {
      endings.push(ending);
      timer ??= setTimeout(say, gatherMs).unref();
    },
  };
}

function lineOf(endings: readonly Ending[]): string {
  const idsByOutcome = new Map<string, string[]>();
  for (const { messageId, outcome } of endings) {
    const ids = idsByOutcome.get(outcome);
    if (ids) ids.push(messageId);
    else idsByOutcome.set(outcome, [messageId]);
  }
  const list = [...idsByOutcome].map(([outcome, ids]) => `${outcome}: ${ids.join(', ')}`).join('; ');
  return `Connect Cases: ${endings.length} messages have ended, but their nodes are gone or stopped and can't be told. By the ids of the messages: ${list}`;
}
