import type { DomainFields } from '../../cases/domain-fields';
import type { Delivery } from '../../delivery/delivery';
import { callsThrough } from '../work/calls';
import { FieldDirectory } from './field-directory';
import { NamedFields } from './named-fields';

const now = () => performance.now();

/** The fields of a domain by their names, read through its queue and forgotten with it. */
export const domainFields = (
  delivery: Delivery,
  domainId: string,
  onWarning: (text: string) => void,
): DomainFields =>
  new NamedFields(new FieldDirectory({ domainId, call: callsThrough(delivery), now, onWarning }), now);
