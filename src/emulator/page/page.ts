import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { CasesService } from '../service';
import { send } from '../wire/answer';
import type { Handler } from '../wire/server';
import { pageAssets } from './assets';
import type { PageAssets } from './bundle';
import { collectChanges, snapshot } from './feed';
import { icons } from './icons';

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
<nav aria-label="Cases"><ul id="cases"></ul><p id="more"></p></nav>
<main>
<h2 id="heading">All cases</h2>
<p id="about"></p>
<ol id="timeline"></ol>
<p id="empty">Nothing here yet. Send a message through one of the nodes, and it appears.</p>
</main>
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
export function pageHandler(service: CasesService): Handler {
  return async ({ wire: { method, target }, response }) => {
    const [path] = target.split('?');
    if (method !== 'GET' || (path !== '/' && path !== '/events')) return false;
    if (path === '/') {
      const assets = pageAssets();
      send(response, { status: 200, headers: headersFor(assets), body: renderPage(assets) });
    } else {
      await streamEvents(service, response);
    }
    return true;
  };
}

async function streamEvents(service: CasesService, response: ServerResponse): Promise<void> {
  const changes = collectChanges(service);
  response.once('close', changes.close);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const write = (event: string, data: object) =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  write('snapshot', snapshot(service));
  for (let silentMs = 0; !response.destroyed; silentMs += collectMs) {
    await wait(collectMs, undefined, { ref: false });
    const taken = changes.take();
    if (taken) write('changes', taken);
    else if (silentMs >= keepAliveMs) response.write(': still here\n\n');
    if (taken || silentMs >= keepAliveMs) silentMs = 0;
  }
}
