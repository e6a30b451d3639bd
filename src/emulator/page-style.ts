/** The look of the page, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #fff; --ink: #17212b; --soft: #5b6b7a; --line: #dde3e9;
  --accent: #0b6e99; --accent-wash: #e3f1f8; --fresh: #fff6d8;
  --Comment: #0b6e99; --Contact: #2d7d46; --File: #8a5a00; --Sla: #b3261e; --ConnectCase: #6b46b8; --Custom: #9c3587;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11171d; --card: #1a222b; --ink: #e6edf3; --soft: #96a5b4; --line: #2c3742;
    --accent: #5cb8e0; --accent-wash: #17303f; --fresh: #39351f;
    --Comment: #5cb8e0; --Contact: #6cc487; --File: #dba84a; --Sla: #ff8a80; --ConnectCase: #b39df0; --Custom: #e58fd2;
  }
}
svg[hidden] { display: none; }
* { box-sizing: border-box; margin: 0; }
body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; min-height: 100vh; }
header { display: flex; align-items: baseline; gap: 12px; padding: 14px 24px; background: var(--card);
  border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 1; }
h1 { font-size: 18px; letter-spacing: -0.01em; }
#domain { color: var(--soft); }
#live { margin-left: auto; color: var(--soft); font-size: 13px; }
#live::before { content: ''; display: inline-block; width: 8px; height: 8px; border-radius: 50%;
  margin-right: 7px; background: var(--soft); }
#live.on::before { background: #2fa55a; }
#columns { display: grid; grid-template-columns: 320px minmax(0, 760px); gap: 28px; padding: 24px;
  max-width: 1160px; margin: 0 auto; }
nav ul, ol { list-style: none; padding: 0; }
nav { position: sticky; top: 76px; align-self: start; max-height: calc(100vh - 100px); overflow-y: auto; }
nav button { display: block; width: 100%; text-align: left; font: inherit; color: inherit; cursor: pointer;
  padding: 10px 14px; margin-bottom: 6px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
nav button:hover { border-color: var(--accent); }
nav button[aria-current=true] { background: var(--accent-wash); border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.title { display: flex; gap: 8px; font-weight: 600; overflow-wrap: anywhere; }
.count { margin-left: auto; font-variant-numeric: tabular-nums; color: var(--accent); }
.meta, #more, #about { color: var(--soft); font-size: 13px; }
#about { margin: 2px 0 18px; overflow-wrap: anywhere; }
h2 { font-size: 20px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
#timeline { border-left: 2px solid var(--line); margin-left: 17px; }
#timeline li { position: relative; margin: 0 0 14px 30px; padding: 11px 16px; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px; overflow-wrap: anywhere; }
#timeline li.fresh { animation: arrive 0.35s ease-out, settle 2.5s ease-out; }
@keyframes arrive { from { opacity: 0; transform: translateY(-10px); } }
@keyframes settle { from { background: var(--fresh); } }
@media (prefers-reduced-motion: reduce) { #timeline li.fresh { animation: none; } }
.badge { position: absolute; left: -49px; top: 8px; width: 36px; height: 36px; padding: 7px; border-radius: 50%;
  color: var(--type); background: var(--card); border: 2px solid currentColor; }
.badge svg { display: block; width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.kind { color: var(--type); font-weight: 600; }
.row { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; font-size: 13px; color: var(--soft); }
.row time { margin-left: auto; }
.text { margin-top: 4px; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 1px 14px; margin-top: 6px; font-size: 14px; }
dt { color: var(--soft); }
.due { font-weight: 600; }
.due.over { color: var(--Sla); }
#empty { color: var(--soft); padding: 28px 0; }
#timeline:not(:empty) + #empty { display: none; }
#timeline:empty { border: 0; }
@media (max-width: 760px) {
  #columns { grid-template-columns: minmax(0, 1fr); padding: 16px; }
  nav { position: static; max-height: 240px; }
  header { padding: 12px 16px; }
}
`;
