import { type OperationName, operationNames, operations } from '.';
import type { Operation } from './operation';

/** The IAM action that an operation needs: its own, or that of another one. */
export function iamActionOf(name: OperationName): string {
  const { action = name }: Operation = operations[name];
  return `cases:${action}`;
}

/** The IAM actions that a caller can be refused, those of other services among them that operations ask for. */
const actions: readonly string[] = [
  ...new Set(operationNames.map(iamActionOf)),
  'cases:IsBatchAction',
  'connect:DescribeContact',
  'connect:DescribeUser',
  'profile:SearchProfiles',
];

/** `texts`, all of which are actions. Throws for one that is not. */
export function requireActions(texts: readonly string[]): readonly string[] {
  const unknown = texts.find((text) => !actions.includes(text));
  if (unknown !== undefined) {
    throw new Error(
      `'${unknown}' is no IAM action that this service knows; it has to be one of ${actions.join(', ')}`,
    );
  }
  return texts;
}
