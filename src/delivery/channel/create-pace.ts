import type { Quota } from '../../model/quotas';
import { AutoPace } from './auto-pace';
import { FixedPace } from './fixed-pace';
import type { Pace } from './pace';

/** A pace of `rate` requests per second; with `auto` it starts at `perSecond` and finds out what there is to have. */
export function createPace(rate: 'auto' | number, { perSecond, burst }: Quota, random: () => number): Pace {
  return rate === 'auto' ? new AutoPace(perSecond, burst) : new FixedPace(rate, burst, random);
}
