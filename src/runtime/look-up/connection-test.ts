import type { ConnectionTest, Finding, FlowNeeds } from '../../definition/look-up-protocol';
import { attempt, reasonOf } from './attempt';
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
    return ended.found === ''
      ? { trial, outcome: 'allowed' }
      : { trial, outcome: 'works', found: ended.found };
  }
  const { error } = ended.failure;
  const { code, details } = error;
  const why = { trial, reason: reasonOf(ended.failure), error };
  if (code === 'ACCESS_DENIED') return { ...why, outcome: 'denied' };
  if (trial.aimless && code === 'NOT_FOUND' && details.resourceType !== 'Domain') {
    return { trial, outcome: 'allowed' };
  }
  return { ...why, outcome: trial.aimless && code === 'VALIDATION' ? 'untested' : 'failed' };
}

/** One line for each trial, but each reason once. */
function findingsOf(results: readonly Result[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { trial, outcome, found, reason } of results) {
    const shared = outcome === 'failed' || outcome === 'untested';
    const key = shared ? JSON.stringify([outcome, reason]) : trial.action;
    const actions = [...(findings.get(key)?.actions ?? []), trial.action];
    findings.set(key, { actions, outcome, ...(found && { found }), ...(reason && { reason }) });
  }
  return [...findings.values()];
}
