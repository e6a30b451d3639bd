import type { EditorPage } from '../support/editor-page';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What of axe's rules our open form, or another part of the page, breaks seriously; the buttons beside a config node
 * are Node-RED's own.
 */
export async function seriousProblems({ page }: EditorPage, part = '.connect-cases'): Promise<string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  const found = await page.evaluate<Violation[]>(
    `axe.run({ include: ['${part}'], exclude: ['a[id*="-btn-"]'] }).then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
