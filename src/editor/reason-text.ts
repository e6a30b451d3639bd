import { catalogueOf, sharedCatalogue } from '../definition/node-type';
import { inWords, type Reason } from '../errors/reasons';

/** Why something could not be done, in the editor's language. */
export function reasonText({ key, params }: Reason): string {
  const { field, ...others } = inWords(params, reasonText);
  return RED._(`${sharedCatalogue}:reason.${key}`, {
    ...others,
    ...(field !== undefined && { field: labelOf(field) }),
  });
}

/** What the form of the config node that has this property calls it. */
const labelOf = (property: string | number): string =>
  RED._(
    ['domain', 'credentials'].map((base) => `${catalogueOf(base)}:field.${property}`),
    { defaultValue: property },
  );
