import type { ErrorCode } from '../../../errors/errors';
import type { OperationName } from '../../../model/operations';

/** All that was counted since the process began, or since the domain node was made. */
export interface Totals {
  readonly accepted: number;
  readonly done: number;
  readonly sent: ReadonlyMap<OperationName, number>;
  readonly refused: ReadonlyMap<OperationName, number>;
  readonly failed: ReadonlyMap<ErrorCode, number>;
}

/** Nothing counted yet. */
export const newTotals = () => ({
  accepted: 0,
  done: 0,
  sent: new Map<OperationName, number>(),
  refused: new Map<OperationName, number>(),
  failed: new Map<ErrorCode, number>(),
});

export const countOne = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
