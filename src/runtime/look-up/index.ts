import type { NextFunction, Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { LookUpRequest, LookUps } from '../../definition/look-up-protocol';
import { explained } from '../../errors/errors';
import { because } from '../../errors/reasons';
import { describe } from '../../model/describe';
import { illegible } from '../../model/legible';
import { FieldId } from '../../model/limits';
import { createClient } from '../network/client';
import { monitors } from '../overview/monitors';
import { attempt, reasonOf } from './attempt';
import { connectionOf, isDeployed } from './connection';
import { testConnection } from './connection-test';
import { refusalOf } from './foreign-page';
import type { Account } from './lists';
import { operations } from './operations';
import { PacedCache } from './paced-cache';

const timeoutSeconds = 10;
const cache = new PacedCache();

/**
 * Answers the editor's look-ups; Node-RED has already asked for `connect-cases-domain.write`, because
 * stored secrets are used. What is not deployed is used only for someone who may deploy it.
 */
export function answerLookUp(RED: NodeAPI, request: Request, response: Response, next: NextFunction): void {
  const refusal = refusalOf(request);
  if (refusal) {
    response.status(refusal.status).json({ reason: refusal.reason });
    return;
  }
  const asked = request.body as LookUpRequest;
  const name = request.params.name as keyof LookUps;
  if (!isLookUpRequest(asked) || (name !== 'test' && !Object.hasOwn(operations, name))) {
    response.status(400).end();
    return;
  }
  const answer = async () => {
    const ended = await attempt(
      () => lookUp(RED, name, asked),
      name === 'test' ? '' : operations[name].action,
    );
    response.json('found' in ended ? ended : { reason: reasonOf(ended.failure) });
  };
  if (isDeployed(RED, asked)) void answer();
  else
    RED.auth.needsPermission('flows.write')(request, response, (error?: unknown) =>
      error ? next(error) : void answer(),
    );
}

async function lookUp(RED: NodeAPI, name: keyof LookUps, asked: LookUpRequest): Promise<unknown> {
  const connection = connectionOf(RED, asked);
  const { location, credentials, domainId, key } = connection;
  const turn = (action: string) => cache.turn(`${key} ${action}`);
  const withClient = async <Found>(run: (account: Account) => Promise<Found>) => {
    const client = createClient(location, credentials, timeoutSeconds);
    try {
      return await run({ client, domainId, turn });
    } finally {
      client.destroy();
    }
  };
  const { search = '', fieldId = '', caseId = '', templateId = '' } = asked;
  for (const [path, id] of Object.entries({ domainId, fieldId, caseId, templateId })) {
    if (id.trim() !== '' && illegible(FieldId, id.trim(), path)) {
      throw explained('INVALID_INPUT', because('notAnId', { got: describe(id) }), { field: path });
    }
  }
  if (name === 'test') return withClient((account) => testConnection(connection, account, asked.needs));
  const found = await cache.get(
    JSON.stringify([key, name, search, fieldId, caseId, templateId]),
    async () => {
      await turn(operations[name].action);
      return withClient((account) => operations[name].run(account, asked) as Promise<unknown>);
    },
  );
  if (name === 'cases' || name === 'case') {
    for (const { id, name: title } of found as LookUps['case']) monitors(RED).titles.note(id, title);
  }
  return found;
}

/** Texts and switches, nothing deeper: the form of what our own editor sends. */
function isLookUpRequest(body: unknown): body is LookUpRequest {
  const {
    domain,
    credentials = {},
    search,
    fieldId,
    caseId,
    templateId,
    needs,
  } = (body ?? {}) as Partial<LookUpRequest>;
  if (needs !== undefined && !isFlowNeeds(needs)) return false;
  if (![search, fieldId, caseId, templateId].every((text) => text === undefined || typeof text === 'string'))
    return false;
  const { secrets = {}, ...plain } = (isObject(credentials) ? credentials : { secrets: undefined }) as {
    secrets?: unknown;
  };
  return [domain, credentials, plain, secrets].every(isObject) && [domain, plain, secrets].every(isFlat);
}

const isFlowNeeds = (needs: unknown): boolean =>
  isObject(needs) &&
  [needs.operations, needs.types].every(
    (names) => Array.isArray(names) && names.every((name) => typeof name === 'string'),
  );
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFlat = (value: unknown): boolean =>
  Object.values(value as object).every((member) => typeof member !== 'object' || member === null);
