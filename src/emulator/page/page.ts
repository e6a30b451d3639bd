import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { CasesService } from '../service';
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
  'content-security-policy':
    `default-src 'none'; connect-src 'self'; img-src data:; style-src ${hash(style)}; ` +
    `script-src ${hash(script)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

const collectMs = 200;
const keepAliveMs = 15_000;

/** Adds the page at `/` and the server-sent events at `/events` that keep it up to date. */
export function addPage(app: Hono<{ Bindings: HttpBindings }>, service: CasesService): void {
  app.get('/', (context) => context.html(renderPage(pageAssets()), 200, headersFor(pageAssets())));
  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      const changes = collectChanges(service);
      stream.onAbort(changes.close);
      await stream.writeSSE({ event: 'snapshot', data: JSON.stringify(snapshot(service)) });
      for (let silentMs = 0; !stream.aborted; silentMs += collectMs) {
        await wait(collectMs, undefined, { ref: false });
        const taken = changes.take();
        if (taken) await stream.writeSSE({ event: 'changes', data: JSON.stringify(taken) });
        else if (silentMs >= keepAliveMs) await stream.write(': still here\n\n');
        if (taken || silentMs >= keepAliveMs) silentMs = 0;
      }
    }),
  );
}
