import ts from 'typescript';

/**
 * The node types that a file registers, found as the flow library finds them: without running it. In HTML, only what
 * stands there with a literal name and a literal definition counts.
 */
export function registeredTypes(file: string): string[] {
  const scripts = [...file.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)].map(
    ([, code]) => code,
  );
  return scripts.length > 0
    ? scripts.flatMap((code = '') => registrations(code, ts.isObjectLiteralExpression))
    : registrations(file, ts.isIdentifier);
}

/** Names given to `registerType` with a second argument as `isDefinition` has it. */
function registrations(code: string, isDefinition: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && calls(node, 'registerType')) {
      const [type, definition] = node.arguments;
      if (type && ts.isStringLiteral(type) && definition && isDefinition(definition)) found.push(type.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest));
  return found;
}

const calls = ({ expression }: ts.CallExpression, name: string): boolean =>
  ts.isPropertyAccessExpression(expression) && expression.name.text === name;
