import { head, type Reporter } from '../src/definition/action';
import { reportSeconds } from '../src/model/limits';

/** Every node of the palette without an input, in its order there, behind all others. */
export const reporters: readonly Reporter[] = [
  {
    base: 'status',
    color: '#D9D9D9',
    fields: {
      ...head,
      when: { kind: 'choice', default: 'interval', options: ['interval', 'change'] },
      seconds: { kind: 'text', default: 60, schema: reportSeconds, when: [{ when: ['interval'] }] },
    },
    results: { payload: 'object', topic: 'string' },
  },
];
