import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../wire/answer';
import type { Handler } from '../wire/server';
import { pageAssets } from './assets';
import type { PageAssets } from './bundle';
import { collectChanges, type Shown, snapshot } from './feed';
import { icons } from './icons';
import type { Wanted } from './views';

const renderPage = ({ script, style }: PageAssets): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local Cases</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${icons}
<header>
<h1>Local Cases</h1>
<p id="domain"></p>
<p id="live" role="status">connecting</p>
</header>
<div id="columns">
<nav aria-label="Cases">
<input id="search" type="search" placeholder="Find a case" aria-label="Find a case">
<ul id="cases"></ul>
<p><button type="button" id="more" hidden></button></p>
</nav>
<main>
<h2 id="heading">All cases</h2>
<p id="about"></p>
<dl id="details"></dl>
<ol id="timeline"></ol>
<p id="empty">Nothing here yet. Send a message through one of the nodes, and it appears.</p>
</main>
<aside>
<section aria-labelledby="wrong">
<h3 id="wrong">What goes wrong</h3>
<div id="switches"></div>
<p id="others"></p>
</section>
<section aria-labelledby="content">
<h3 id="content">Cases</h3>
<form id="open"><input id="title" required placeholder="Title" aria-label="Title of the new case"><button>Open a case</button></form>
<button type="button" id="reset">Reset everything</button>
<p id="message" role="alert"></p>
</section>
<section aria-labelledby="latest">
<h3 id="latest">Last requests</h3>
<table id="requests" aria-labelledby="latest"><tbody></tbody></table>
</section>
</aside>
</div>
<script>${script}</script>
</body>
</html>
`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const headersFor = ({ script, style }: PageAssets) => ({
  'content-type': 'text/html; charset=UTF-8',
  'content-security-policy':
    `default-src 'none'; connect-src 'self'; img-src data:; style-src ${hash(style)}; ` +
    `script-src ${hash(script)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

const collectMs = 200;
const keepAliveMs = 15_000;

/** The page at `/`, and the server-sent events at `/events` that keep it up to date. */
export function pageHandler(shown: Shown): Handler {
  return async ({ wire: { method, target }, queryString, response }) => {
    const [path] = target.split('?');
    if (method !== 'GET' || (path !== '/' && path !== '/events')) return false;
    if (path === '/') {
      const assets = pageAssets();
      send(response, { status: 200, headers: headersFor(assets), body: renderPage(assets) });
    } else {
      await streamEvents(shown, wantedOf(queryString), response);
    }
    return true;
  };
}

function wantedOf(queryString: string): Wanted {
  const query = new URLSearchParams(queryString);
  const cases = Number(query.get('cases') ?? 100);
  return {
    caseId: query.get('case') ?? '',
    search: query.get('search') ?? '',
    cases: Number.isInteger(cases) && cases > 0 ? cases : 100,
  };
}

async function streamEvents(shown: Shown, wanted: Wanted, response: ServerResponse): Promise<void> {
  const changes = collectChanges(shown, wanted);
  response.once('close', changes.close);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const write = (event: string, data: object) =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  write('snapshot', snapshot(shown, wanted));
  for (let silentMs = 0; !response.destroyed; silentMs += collectMs) {
    await wait(collectMs, undefined, { ref: false });
    // A page that does not read, such as one that the browser has frozen, gets it all once it does.
    if (response.writableNeedDrain) continue;
    const taken = changes.take();
    if (changes.takeStale()) write('snapshot', snapshot(shown, wanted));
    else if (taken) write('changes', taken);
    else if (silentMs >= keepAliveMs) response.write(': still here\n\n');
    if (taken || silentMs >= keepAliveMs) silentMs = 0;
  }
}
