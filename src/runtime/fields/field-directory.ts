import type { Call } from '../../cases/call';
import type { DomainField, FieldOption } from '../../definition/domain-fields';
import { CasesError } from '../../errors/errors';
import type { Template } from '../../mapping/field-names';
import { Remembered } from './remembered';

/** Pages that are read of a list at most: a domain has 500 fields, a field 500 options, a page 100. */
const mostPages = 20;
const pageSize = 100;

export interface FieldDirectoryOptions {
  readonly domainId: string;
  readonly call: Call;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly onWarning: (text: string) => void;
}

/** The fields of a domain and their options, as the service lists them; `undefined` without the permission for that. */
export class FieldDirectory {
  readonly #options: FieldDirectoryOptions;
  readonly #fields: Remembered<readonly DomainField[] | undefined>;
  readonly #templates: Remembered<readonly Template[] | undefined>;
  readonly #optionsOf = new Map<string, Remembered<readonly FieldOption[] | undefined>>();
  readonly #denied = new Set<string>();

  constructor(options: FieldDirectoryOptions) {
    this.#options = options;
    this.#fields = new Remembered(() => this.#readFields(), options.now);
    this.#templates = new Remembered(() => this.#readTemplates(), options.now);
  }

  /** All fields; read again, once a minute at most, where they are not all that is wanted. */
  fields(hasAll?: (fields: readonly DomainField[]) => boolean): Promise<readonly DomainField[] | undefined> {
    return this.#fields.get((fields) => fields === undefined || (hasAll?.(fields) ?? true));
  }

  /** All templates of which cases can be made. */
  templates(hasAll: (templates: readonly Template[]) => boolean): Promise<readonly Template[] | undefined> {
    return this.#templates.get((templates) => templates === undefined || hasAll(templates));
  }

  /** All options of a field that can be chosen. */
  options(
    fieldId: string,
    hasAll?: (options: readonly FieldOption[]) => boolean,
  ): Promise<readonly FieldOption[] | undefined> {
    let known = this.#optionsOf.get(fieldId);
    if (!known) {
      known = new Remembered(() => this.#readOptions(fieldId), this.#options.now);
      this.#optionsOf.set(fieldId, known);
    }
    return known.get((options) => options === undefined || (hasAll?.(options) ?? true));
  }

  #readFields(): Promise<readonly DomainField[] | undefined> {
    const { domainId, call } = this.#options;
    return this.#unlessDenied('cases:ListFields', async () => {
      const fields: DomainField[] = [];
      await everyPage(async (nextToken) => {
        const page = await call('ListFields', { domainId, maxResults: pageSize, ...nextToken });
        for (const { fieldId: id, name, type } of page.fields ?? []) {
          if (id && name) fields.push({ id, name, type: String(type) });
        }
        return page.nextToken;
      });
      return fields;
    });
  }

  #readOptions(fieldId: string): Promise<readonly FieldOption[] | undefined> {
    const { domainId, call } = this.#options;
    return this.#unlessDenied('cases:ListFieldOptions', async () => {
      const options: FieldOption[] = [];
      await everyPage(async (nextToken) => {
        const page = await call('ListFieldOptions', {
          domainId,
          fieldId,
          maxResults: pageSize,
          ...nextToken,
        });
        for (const { value, name, active } of page.options ?? []) {
          if (value && name && active) options.push({ value, name });
        }
        return page.nextToken;
      });
      return options;
    });
  }

  #readTemplates(): Promise<readonly Template[] | undefined> {
    const { domainId, call } = this.#options;
    return this.#unlessDenied('cases:ListTemplates', async () => {
      const templates: Template[] = [];
      await everyPage(async (nextToken) => {
        const request = { domainId, status: ['Active' as const], maxResults: pageSize, ...nextToken };
        const page = await call('ListTemplates', request);
        for (const { templateId: id, name } of page.templates ?? [])
          if (id && name) templates.push({ id, name });
        return page.nextToken;
      });
      return templates;
    });
  }

  async #unlessDenied<List>(action: string, read: () => Promise<List>): Promise<List | undefined> {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof CasesError) || cause.code !== 'ACCESS_DENIED') throw cause;
      if (!this.#denied.has(action)) {
        this.#options.onWarning(
          `The credentials lack the permission ${action}, so what messages and nodes call fields, options and templates is taken for their ids and values. Add it to the IAM policy, or give ids.`,
        );
      }
      this.#denied.add(action);
      return undefined;
    }
  }
}

/** Reads pages until there is no next one, or too many. */
async function everyPage(
  read: (nextToken: { readonly nextToken?: string }) => Promise<string | undefined>,
): Promise<void> {
  let nextToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    nextToken = await read(nextToken === undefined ? {} : { nextToken });
    if (!nextToken) return;
  }
}
