import type { FieldValue, FieldValueUnion } from '@aws-sdk/client-connectcases';
import { usualFields } from '../../cases/find-cases';
import type { KeyOf } from '../../cases/plain';
import type { DomainField, FieldNames } from '../../definition/domain-fields';
import { invalidInput } from '../../errors/errors';
import { demand, demandFieldValue } from '../../mapping/demand';
import {
  fieldCalled,
  isFieldId,
  isSystemOption,
  type Meaning,
  optionCalled,
  systemField,
  templateCalled,
} from '../../mapping/field-names';
import { fittedTo } from '../../mapping/fitted-value';
import { FieldId, TemplateId } from '../../model/limits';
import { isUuid } from '../../model/text';
import { FieldDirectory, type FieldDirectoryOptions } from './field-directory';

/** How long a field that is given by its id waits for its type, which it can do without; then none waits for a while. */
const patienceMs = 5_000;
const impatientMs = 60_000;

/**
 * The fields of a domain as messages and forms name them, by what the service lists: names become ids, and values what
 * their fields hold. Rejects with a `CasesError` that names `path`.
 */
export class DomainFields implements FieldNames {
  readonly #directory: FieldDirectory;
  readonly #now: () => number;
  #impatientUntil = Number.NEGATIVE_INFINITY;

  constructor(options: FieldDirectoryOptions) {
    this.#directory = new FieldDirectory(options);
    this.#now = options.now;
  }

  async id(key: unknown, path: string): Promise<string> {
    const text = demand(FieldId, key, path) as string;
    return isFieldId(text) ? text : ((await this.#called(text, path))?.id ?? text);
  }

  async value(key: unknown, value: unknown, path: string, valuePath = `${path}.value`): Promise<FieldValue> {
    const id = await this.id(key, `${path}.id`);
    const given = demandFieldValue(value, valuePath);
    const field = await this.#withId(id);
    return { id, value: field ? await this.#fitted(field, given, valuePath) : given };
  }

  /** The id of a template that is given by its name or its id. */
  async templateId(key: unknown, path: string): Promise<string> {
    const text = demand(TemplateId, key, path) as string;
    if (isUuid(text)) return text;
    const templates = await this.#directory.templates((all) => 'is' in templateCalled(text, all, path));
    return templates ? meant(templateCalled(text, templates, path)).id : text;
  }

  /** What each field is called in a result. */
  async names(): Promise<KeyOf> {
    const fields = (await this.#directory.fields()) ?? [];
    const nameOf = new Map(fields.map(({ id, name }) => [id, name]));
    const times = new Map<string, number>();
    for (const { name } of fields) times.set(name, (times.get(name) ?? 0) + 1);
    return (id) => {
      const name = nameOf.get(id);
      return name !== undefined && times.get(name) === 1 ? name : id;
    };
  }

  /** The ids of all fields. */
  async all(): Promise<readonly string[]> {
    const fields = await this.#directory.fields();
    return fields?.map(({ id }) => id) ?? usualFields;
  }

  /** The field of that name; undefined where names can't be looked up. Throws `INVALID_INPUT` where none or several have it. */
  async #called(key: string, path: string): Promise<DomainField | undefined> {
    const fields = await this.#directory.fields((fields) => 'is' in fieldCalled(key, fields, path));
    return fields && meant(fieldCalled(key, fields, path));
  }

  /** What is known of a field; nothing where that can't be had soon. */
  async #withId(wanted: string): Promise<DomainField | undefined> {
    const system = systemField(wanted);
    if (system) return system;
    const isWanted = ({ id }: DomainField) => id === wanted;
    const fields = await this.#soon(this.#directory.fields((fields) => fields.some(isWanted)));
    return fields?.find(isWanted);
  }

  async #fitted(field: DomainField, given: FieldValueUnion, path: string): Promise<FieldValueUnion> {
    const fitted = fittedTo(field, given, path);
    if ('problem' in fitted) throw invalidInput(fitted.problem);
    const { value } = fitted;
    if (field.type !== 'SingleSelect' || !value.stringValue) return value;
    const chosen = value.stringValue;
    if (isSystemOption(field.id, chosen)) return value;
    const options = await this.#soon(
      this.#directory.options(field.id, (options) => 'is' in optionCalled(chosen, options, field, path)),
    );
    return options ? { stringValue: meant(optionCalled(chosen, options, field, path)).value } : value;
  }

  /** What is not there in time, or at all, is done without. */
  #soon<Value>(value: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve) => {
      const isLate = () => {
        this.#impatientUntil = this.#now() + impatientMs;
        resolve(undefined);
      };
      const timer = setTimeout(isLate, this.#now() < this.#impatientUntil ? 0 : patienceMs);
      value.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
    });
  }
}

function meant<Named>(meaning: Meaning<Named>): Named {
  if ('problem' in meaning) throw invalidInput(meaning.problem);
  return meaning.is;
}
