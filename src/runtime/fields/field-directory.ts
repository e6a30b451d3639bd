import type { Call } from '../../cases/call';
import { pagesOf } from '../../cases/pages';
import type { DomainField, FieldOption } from '../../definition/domain-fields';
import { CasesError } from '../../errors/errors';
import type { Template } from '../../mapping/field-names';
import { Remembered } from './remembered';

/** Members of a page at most. */
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
      const list = { domainId, maxResults: pageSize };
      const fields: DomainField[] = [];
      for await (const page of pagesOf((from) => call('ListFields', { ...list, ...from }))) {
        for (const { fieldId: id, name, type } of page.fields ?? []) {
          if (id && name) fields.push({ id, name, type: String(type) });
        }
      }
      return fields;
    });
  }

  #readOptions(fieldId: string): Promise<readonly FieldOption[] | undefined> {
    const { domainId, call } = this.#options;
    return this.#unlessDenied('cases:ListFieldOptions', async () => {
      const list = { domainId, fieldId, maxResults: pageSize };
      const options: FieldOption[] = [];
      for await (const page of pagesOf((from) => call('ListFieldOptions', { ...list, ...from }))) {
        for (const { value, name, active } of page.options ?? []) {
          if (value && name && active) options.push({ value, name });
        }
      }
      return options;
    });
  }

  #readTemplates(): Promise<readonly Template[] | undefined> {
    const { domainId, call } = this.#options;
    return this.#unlessDenied('cases:ListTemplates', async () => {
      const list = { domainId, status: ['Active' as const], maxResults: pageSize };
      const templates: Template[] = [];
      for await (const page of pagesOf((from) => call('ListTemplates', { ...list, ...from }))) {
        for (const { templateId: id, name } of page.templates ?? []) {
          if (id && name) templates.push({ id, name });
        }
      }
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
