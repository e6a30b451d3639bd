import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface CasesServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** How the next requests are answered, instead of with a created item. */
  answer: (request: SeenRequest, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** A bare HTTP server that writes down what it gets: no code of the package has a say in it. */
export async function startCasesServer(): Promise<CasesServer> {
  const server = createServer(async (request, response) => {
    const seen = { ...wire(request), body: parsed(await text(request)) };
    cases.seen.push(seen);
    cases.answer(seen, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cases: CasesServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    answer: ({ path }, response) => {
      // Nobody may list fields here, so that what messages name is taken for ids.
      if (isList(path)) return json(response, 403, {}, 'AccessDeniedException');
      const relatedItemId = `item-${cases.seen.filter((each) => !isList(each.path)).length}`;
      json(response, 200, { relatedItemId, relatedItemArn: `arn:aws:cases:::related-item/${relatedItemId}` });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return cases;
}

/** Whether a path lists the fields of a domain or their options. */
export const isList = (path: string): boolean => /-list(\?|$)/.test(path);

/** Answers as the service does. */
export function json(response: ServerResponse, status: number, body: object, errorType?: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': `request-${status}`,
    ...(errorType && { 'x-amzn-errortype': errorType }),
  });
  response.end(JSON.stringify(body));
}

const wire = ({ method = '', url = '', headers }: IncomingMessage) => ({ method, path: url, headers });

/** What is no JSON, such as a form, stays text. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body || 'null');
  } catch {
    return body;
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
