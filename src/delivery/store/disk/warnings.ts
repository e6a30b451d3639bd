import type { Rescue } from './disk-protocol';

export const rescueText = (path: string, { from, messages }: Rescue): string =>
  `${path} was damaged and is now ${from}. ${messages} waiting messages could be read and go on; what could not may be missing.`;

export const emptiedText = (path: string): string =>
  `${path} was emptied while messages waited. They go on from memory; those that come from now on are kept.`;

export const notOpenText = (path: string, why: string, held: boolean): string => {
  const problem = held
    ? `${path} is used by another Node-RED. Give each Node-RED a user directory of its own.`
    : `${path} can't be used (${why}).`;
  return `Messages wait in memory only, and are lost if Node-RED stops: ${problem} They are kept as soon as it can be opened, which is tried again and again.`;
};

export const failureText = (path: string, why: string): string =>
  `Waiting messages can't be written to ${path} (${why}): they go on from memory, and are lost if Node-RED stops now. Is the disk full, or the file gone?`;

export const openText = (path: string): string => `${path} can be used now: waiting messages are kept in it.`;

export const againText = (path: string): string => `Waiting messages are kept in ${path} again.`;

export const unreadableText = (path: string, count: number): string =>
  `${count} of the waiting messages in ${path} can't be read and stay there.`;

export const incompleteText =
  "A message holds what can't be written down (functions, msg.req, msg.res) or over 1 MB: should Node-RED stop, it comes back without that. This is said once.";

export const unkeptText = (path: string, count: number): string =>
  `${count} waiting messages could not be written to ${path}: they go on if this was a deploy, and are lost if Node-RED stops now.`;
