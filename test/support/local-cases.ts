import assert from 'node:assert/strict';
import {
  ConnectCasesClient,
  CreateRelatedItemCommand,
  type RelatedItemInputContent,
  type RelatedItemType,
  SearchRelatedItemsCommand,
  type SearchRelatedItemsCommandInput,
  type SearchRelatedItemsResponseItem,
  type UserUnion,
} from '@aws-sdk/client-connectcases';
import { demo, type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator';

export const [freezer, pump] = demo.cases;
export const inFreezer = { domainId: demo.domainId, caseId: freezer.id };

/** An emulator and an SDK client for it, which live as long as the test that asks for them. */
export interface LocalCases {
  readonly emulator: Emulator;
  readonly client: ConnectCasesClient;
  create(
    type: RelatedItemType,
    content: RelatedItemInputContent,
    performedBy?: UserUnion,
  ): Promise<{ relatedItemId?: string | undefined; relatedItemArn?: string | undefined }>;
  comment(body: string): ReturnType<LocalCases['create']>;
  search(request?: Partial<SearchRelatedItemsCommandInput>): Promise<SearchResult>;
}
interface SearchResult {
  relatedItems: SearchRelatedItemsResponseItem[];
  nextToken: string | undefined;
}

const running: LocalCases[] = [];

/** Closes what the test has had; for `afterEach` of each file. */
export async function closeLocalCases(): Promise<void> {
  for (const { emulator, client } of running.splice(0)) {
    client.destroy();
    await emulator.close();
  }
}

export const anyCredentials = { accessKeyId: 'AKIDANY', secretAccessKey: 'any' };

export async function localCases(
  options: EmulatorOptions = {},
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = anyCredentials,
  region = 'us-east-1',
): Promise<LocalCases> {
  const emulator = await startEmulator({ quota: 'unlimited', ...options });
  const client = new ConnectCasesClient({ endpoint: emulator.url, region, maxAttempts: 1, credentials });
  const local: LocalCases = {
    emulator,
    client,
    create: (type, content, performedBy) =>
      client.send(
        new CreateRelatedItemCommand({ ...inFreezer, type, content, ...(performedBy && { performedBy }) }),
      ),
    comment: (body) => local.create('Comment', { comment: { body, contentType: 'Text/Plain' } }),
    async search(request = {}) {
      const { relatedItems = [], nextToken } = await client.send(
        new SearchRelatedItemsCommand({ ...inFreezer, ...request }),
      );
      return { relatedItems: relatedItems.flatMap((item) => item ?? []), nextToken };
    },
  };
  running.push(local);
  return local;
}

/** Bodies of the comments that a search finds, newest first. */
export async function commentsOf(local: LocalCases): Promise<unknown[]> {
  const { relatedItems } = await local.search({ filters: [{ comment: {} }] });
  return relatedItems.map(({ content }) => content?.comment?.body);
}

/** Expects the service to answer with the error `name` and a message like `message`. */
export async function refused(promise: Promise<unknown>, name: string, message: RegExp = /./): Promise<void> {
  await assert.rejects(promise, (error: Error) => {
    assert.equal(error.name, name);
    assert.match(error.message, message);
    return true;
  });
}

/** A request without an SDK in between. */
export function raw(
  local: LocalCases,
  path: string,
  body: unknown,
  init: RequestInit = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${local.emulator.url}${path}`, { method: 'POST', body: text, ...init });
}

export const relatedItemsPath = `/domains/${demo.domainId}/cases/${freezer.id}/related-items/`;
