import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import { live } from '../operations/definitions';
import type { CasesService } from '../service';
import type { Field } from '../state/state';

/**
 * Opens a case as a person would who tries things out: of the first template that can be used, with something in every
 * field that it asks for. Returns the id of the case.
 */
export function openCase(service: CasesService, title: string): string {
  const [domain] = service.state.domains.values();
  const usable = domain ? live(domain.templates).filter(({ status }) => status === 'Active') : [];
  const template = usable.find(({ requiredFields }) => !requiredFields.includes('customer_id')) ?? usable[0];
  if (!domain || !template) throw new Error('There is no template to open a case of; create one first');
  const needed = new Set(['title', ...template.requiredFields]);
  const fields = [...needed].flatMap((id) => {
    const field = domain.fields.get(id);
    return field ? [{ id, value: something(field, title, service.now()) }] : [];
  });
  const request = { domainId: domain.id, templateId: template.id, fields };
  return (service.call('CreateCase', request, service.caller) as { caseId: string }).caseId;
}

function something({ id, type, options }: Field, title: string, now: number): FieldValueUnion {
  if (id === 'customer_id') {
    return { stringValue: 'arn:aws:profile:us-east-1:123456789012:domains/local/profiles/someone' };
  }
  switch (type) {
    case 'Number':
      return { doubleValue: 0 };
    case 'Boolean':
      return { booleanValue: false };
    case 'DateTime':
      return { stringValue: new Date(now).toISOString() };
    case 'SingleSelect':
      return { stringValue: options?.find(({ active }) => active)?.value ?? '' };
    case 'Url':
      return { stringValue: 'https://example.com/' };
    case 'User':
      return { userArnValue: 'arn:aws:connect:us-east-1:123456789012:instance/local/agent/someone' };
    case 'Text':
      return { stringValue: title };
  }
}
