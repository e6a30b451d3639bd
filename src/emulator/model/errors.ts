import type { Problem } from '../../model/schema';

/** The error codes that the local service answers with, and their HTTP status. */
const statusByCode = {
  ValidationException: 400,
  SerializationException: 400,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  ConflictException: 409,
  RequestEntityTooLargeException: 413,
  ThrottlingException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

export type ServiceErrorCode = keyof typeof statusByCode;

/** An answer that is an error: what goes over the wire, apart from the request id. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly status: (typeof statusByCode)[ServiceErrorCode];
  /** The JSON body. */
  readonly body: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ServiceErrorCode,
    message: string,
    details: { resourceId?: string; resourceType?: string; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message);
    const { retryAfterSeconds, ...members } = details;
    this.code = code;
    this.status = statusByCode[code];
    this.body = { message, ...members };
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const validation = (message: string) => new ServiceError('ValidationException', message);

export const notFound = (
  resourceType: 'Domain' | 'Case' | 'RelatedItem' | 'Field' | 'Template' | 'Layout' | 'CaseRule' | 'Resource',
  id: string,
) =>
  new ServiceError('ResourceNotFoundException', `${resourceType} not found: ${id}`, {
    resourceId: id,
    resourceType,
  });

export const conflict = (message: string) => new ServiceError('ConflictException', message);

export const quotaExceeded = (message: string) => new ServiceError('ServiceQuotaExceededException', message);

/** `principal` and `resource` are ARNs, `action` as in an IAM policy. */
export const accessDenied = (principal: string, action: string, resource: string) =>
  new ServiceError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`,
  );

/** What the service says of a request that its model does not allow. Values stay out of the text. */
export function modelViolation({ path, rule, params }: Problem): ServiceError {
  if (rule === 'type') {
    return new ServiceError('SerializationException', `'${path}' has to be of type ${params.expected}`);
  }
  return validation(
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must ${constraint(rule, params)}`,
  );
}

function constraint(rule: Problem['rule'], params: Problem['params']): string {
  switch (rule) {
    case 'required':
      return 'not be null';
    case 'length':
    case 'items':
      return `have length between ${params.min} and ${params.max}`;
    case 'range':
      return `be between ${params.min} and ${params.max}`;
    case 'endsInSpace':
    case 'entity':
      return 'satisfy its regular expression pattern';
    case 'values':
      return `satisfy enum value set: [${params.allowed}]`;
    default:
      return `have exactly one of the members [${params.allowed}]`;
  }
}
