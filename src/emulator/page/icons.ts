import type { RelatedItemType } from '@aws-sdk/client-connectcases';

const shapes = {
  Comment: 'M4 5h16v11H10l-4.5 4v-4H4z',
  Contact:
    'M6 3l3.5 1 1 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1 1 3.5a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  File: 'M19 11.5l-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7-7',
  Sla: 'M12 4a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v5l3 2M9.5 1.5h5',
  ConnectCase:
    'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.5 1.5M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1.5-1.5',
  Custom: 'M4 5h7v6H4zM14 5h6M14 9h4M4 15h6M4 19h4M13 14h7v6h-7z',
} as const satisfies Readonly<Record<RelatedItemType, string>>;

/** Outline icons of the six item types, to be used with `<use href="#icon-Comment">`. */
export const icons = `<svg hidden>${Object.entries(shapes)
  .map(([type, path]) => `<symbol id="icon-${type}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`)
  .join('')}</svg>`;
