import { BlockList, isIP } from 'node:net';

/**
 * Whether `list`, the value of `NO_PROXY`, leaves out a host, as curl reads it: names with all that is below them,
 * addresses, ranges of addresses (`10.0.0.0/8`), `*` for everything. An entry may be for one port.
 */
export function leavesOut(list: string, host: string, port: number): boolean {
  return list
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry.toLowerCase(), host.toLowerCase().replace(/\.$/, ''), port));
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const { name, onlyPort } = parsed(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(host)) return inRange(name, host);
  const plain = name.replace(/^\*?\./, '').replace(/\.$/, '');
  return plain !== '' && (host === plain || host.endsWith(`.${plain}`));
}

/** An IPv6 address holds colons, so its port stands behind brackets. */
function parsed(entry: string): { name: string; onlyPort?: number } {
  const [, bracketed, plain = entry, digits] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  return { name: bracketed ?? plain, ...(digits !== undefined && { onlyPort: Number(digits) }) };
}

function inRange(entry: string, address: string): boolean {
  const [network = '', bits] = entry.split('/');
  const family = isIP(network);
  if (family === 0) return false;
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  if (bits === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > longest) return false;
  const range = new BlockList();
  range.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return range.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
