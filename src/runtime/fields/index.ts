import type { Delivery } from '../../delivery';
import { callsThrough } from '../cases/calls';
import type { DomainFields } from '../cases/domain-fields';
import type { DomainNode } from '../config/domain-node';
import { FieldDirectory } from './field-directory';
import { NamedFields } from './named-fields';

const now = () => performance.now();

/** What is known of the fields of each domain; forgotten with its queue. */
const known = new WeakMap<Delivery, DomainFields>();

/** The fields of a domain by their names. Throws `NOT_CONFIGURED` or `CREDENTIALS`. */
export function fieldsOf(node: DomainNode): DomainFields {
  const delivery = node.delivery();
  let fields = known.get(delivery);
  if (!fields) {
    const { domainId } = node.settings();
    const directory = new FieldDirectory({
      domainId,
      call: callsThrough(delivery),
      now,
      onWarning: (text) => node.warn(text),
    });
    fields = new NamedFields(directory, now);
    known.set(delivery, fields);
  }
  return fields;
}
