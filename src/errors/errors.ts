import { describe } from '../model/describe';
import type { Problem } from '../model/schema';
import { common, fill } from './messages';
import { because, inEnglish, type Reason } from './reasons';

/** The codes a flow can branch on, each with whether the same message may succeed later. */
const retryableByCode = {
  NOT_CONFIGURED: false,
  INVALID_INPUT: false,
  CREDENTIALS: false,
  ACCESS_DENIED: false,
  NOT_FOUND: false,
  VALIDATION: false,
  CONFLICT: true,
  QUOTA_EXCEEDED: false,
  THROTTLED: true,
  SERVICE: true,
  NETWORK: true,
  TIMEOUT: true,
  EXPIRED: true,
  QUEUE_FULL: true,
  CLOSED: true,
  DROPPED: false,
} as const;

export type ErrorCode = keyof typeof retryableByCode;
export const errorCodes = Object.keys(retryableByCode) as readonly ErrorCode[];

/** What a flow finds in `msg.casesError`. */
export interface ErrorReport {
  code: ErrorCode;
  /** What is wrong and what to do about it; never a secret nor a value that the service marks sensitive. */
  message: string;
  /** The operation of the API that the message was for: `CreateRelatedItem`. */
  operation: string;
  /** Whether the same message may succeed later without a change. */
  retryable: boolean;
  /** `no`: surely nothing was created. `unknown`: the item may exist. */
  created: 'no' | 'unknown';
  /** Path of the member that is wrong: `custom.fields[2].value.doubleValue`. */
  field?: string;
  httpStatus?: number;
  requestId?: string;
  resourceId?: string;
  resourceType?: string;
}

type Details = Partial<Omit<ErrorReport, 'code' | 'message'>>;

/**
 * The one error that this package raises; everything else is turned into it at the edge where it appears.
 * It has no `cause`: Node-RED hands that to Catch and to log handlers, and an error of the SDK holds the whole
 * answer and the connection with the request's headers, session token included.
 */
export class CasesError extends Error {
  override readonly name = 'CasesError';
  readonly code: ErrorCode;
  readonly details: Details;
  /** What of the message is wrong, where that is known: then the node can say it in the words of its form. */
  readonly problem: Problem | undefined;
  /** Why, where the editor may have to say it. */
  readonly reason: Reason | undefined;

  constructor(code: ErrorCode, message: string, details: Details = {}, problem?: Problem, reason?: Reason) {
    super(message);
    this.code = code;
    this.details = details;
    this.problem = problem;
    this.reason = reason;
  }

  /** The same error, with these details besides its own. */
  with(details: Details): CasesError {
    const { code, message, problem, reason } = this;
    return new CasesError(code, message, { ...this.details, ...details }, problem, reason);
  }

  get created(): 'no' | 'unknown' {
    return this.details.created ?? 'no';
  }

  /** Whether the same message may succeed later without a change. */
  get retryable(): boolean {
    return this.details.retryable ?? retryableByCode[this.code];
  }

  /** The plain object for `msg.casesError`, for a message that `operation` of the API was for. */
  report(operation: string): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      operation,
      retryable: this.retryable,
      created: 'no',
      ...this.details,
    };
  }
}

/** An error that the editor can explain, too. `message` is for flows that have to hear more than a form says. */
export const explained = (
  code: ErrorCode,
  reason: Reason,
  details: Details = {},
  message = inEnglish(reason),
): CasesError => new CasesError(code, message, details, undefined, reason);

/**
 * Whatever was thrown as an error of ours; `created` is told of one that nobody foresaw, which the same message would
 * only raise again. Never throws.
 */
export function asCasesError(thrown: unknown, created: 'no' | 'unknown' = 'no'): CasesError {
  if (thrown instanceof CasesError) return thrown;
  const code = describe(reason(thrown));
  const text = `Something unexpected happened: ${code}. Please report it.`;
  return explained('SERVICE', because('unexpected', { code }), { created, retryable: false }, text);
}

/** The text of whatever was thrown, else that itself; JSONata throws plain objects. Never throws. */
export function reason(thrown: unknown): unknown {
  try {
    const { message } = thrown as { readonly message?: unknown };
    return typeof message === 'string' ? message : thrown;
  } catch {
    return thrown;
  }
}

/** `INVALID_INPUT` that says which member is wrong, what came and what is allowed; `field` is the member's path. */
export function invalidInput(problem: Problem, field = problem.path): CasesError {
  return new CasesError('INVALID_INPUT', describeProblem(problem), { field }, problem);
}

/** A problem in an English sentence, from the same catalogue that the editor translates. */
export function describeProblem({ path, rule, params }: Problem): string {
  const expected = common.kind[params.expected as keyof typeof common.kind] ?? '';
  return fill(common.problem[rule], { ...params, path: path || common.problem.value, expected });
}
