/** What a node does, in its own words: `add SLA: First response, 60 min`. */
export function label(node: EditorNode): string {
  if (node.name) return String(node.name);
  const details = detailNames.flatMap((name) => {
    const type = node[`${name}Type`];
    const text = String(node[name] ?? '');
    if (text === '' || (type !== 'str' && type !== 'num')) return [];
    return [name === 'targetSlaMinutes' ? `${text} min` : shorten(text)];
  });
  const action = node._('label');
  return details.length === 0 ? action : `${action}: ${details.join(', ')}`;
}

/** Fields that say more about a node than where its values come from. ARNs and ids say nothing to people. */
const detailNames = ['body', 'slaName', 'targetSlaMinutes'];

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
};
