/** What people look for in the palette's filter when they want one of our nodes. */
const words = 'aws amazon connect alarm alert ticket case';

/** Lets the palette's filter find a node by more than its label: it looks at an attribute that nobody sees. */
export function nameInPalette(type: string): void {
  const entry = $(`.red-ui-palette-node[data-palette-type="${type}"]`);
  const label = entry.attr('data-palette-label');
  if (label !== undefined) entry.attr('data-palette-label', `${label} ${words}`);
}
