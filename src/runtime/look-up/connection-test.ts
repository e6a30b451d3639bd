import type { ConnectionTest, Finding, FlowNeeds } from '../../definition/look-up-protocol';
import { attempt } from './attempt';
import type { Connection } from './connection';
import type { Account } from './lists';
import { type Trial, trialsFor } from './trials';
import { type Result, stopsAll, verdictOf } from './verdict';
import { noteAddress, whoAmI } from './who-am-i';

/** The least that makes sense, for a flow that has no nodes yet. */
const leastNeeds: FlowNeeds = { operations: ['SearchRelatedItems'], types: ['Comment'] };

/**
 * Tries what the pickers and the nodes of a flow need, and leaves no trace: what writes is asked to work on a case
 * that does not exist. Never rejects.
 */
export async function testConnection(
  connection: Connection,
  account: Account,
  needs: FlowNeeds = leastNeeds,
): Promise<ConnectionTest> {
  const address = noteAddress(account.client);
  const tried = async (trial: Trial): Promise<Result> => {
    await account.turn(trial.operation);
    return resultOf(trial);
  };
  const [first, ...others] = trialsFor(account, connection.location.region, needs);
  const firstResult = await tried(first);
  const stopped = stopsAll(firstResult);
  const results = [firstResult, ...(stopped ? [] : await Promise.all(others.map(tried)))];
  const caller = stopped ? undefined : await tried(identity(() => whoAmI(connection, address())));
  return {
    verdict: verdictOf(results, account.domainId !== ''),
    findings: findingsOf(caller && caller.outcome !== 'allowed' ? [caller, ...results] : results),
  };
}

const identity = (run: () => Promise<string>): Trial => {
  const action = 'sts:GetCallerIdentity';
  return { action, operation: action, purpose: 'names', run };
};

async function resultOf(trial: Trial): Promise<Result> {
  const ended = await attempt(trial.run, trial.action);
  if ('found' in ended) {
    return { trial, outcome: ended.found === '' ? 'allowed' : 'works', text: ended.found };
  }
  const { error } = ended.failure;
  const { code, message: text, details } = error;
  if (code === 'ACCESS_DENIED') return { trial, outcome: 'denied', text, error };
  if (trial.aimless && code === 'NOT_FOUND' && details.resourceType !== 'Domain') {
    return { trial, outcome: 'allowed', text: '' };
  }
  return { trial, outcome: trial.aimless && code === 'VALIDATION' ? 'untested' : 'failed', text, error };
}

/** One line for each trial, but each reason once. */
function findingsOf(results: readonly Result[]): Finding[] {
  const byReason = new Map<string, Finding>();
  for (const { trial, outcome, text } of results) {
    const key = outcome === 'failed' || outcome === 'untested' ? `${outcome} ${text}` : trial.action;
    const actions = [...(byReason.get(key)?.actions ?? []), trial.action];
    byReason.set(key, { actions, outcome, text });
  }
  return [...byReason.values()];
}
