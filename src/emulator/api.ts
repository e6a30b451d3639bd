/** What programs get from `@connect-cases/node-red-connect-cases/emulator`. Types only, and none of other packages. */

/** A token bucket: so many requests per second, and so many at once. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * One quota for every operation, or some that differ from the service's own: `{ CreateCase: 'unlimited' }`.
 * Undefined: all are the service's own.
 */
export type QuotaSetting =
  | 'unlimited'
  | Quota
  | Readonly<Partial<Record<string, Quota | 'unlimited'>>>
  | undefined;

/** How many things a case may hold, and fields a custom item. */
export interface Limits {
  readonly relatedItems: number;
  readonly files: number;
  readonly slas: number;
  readonly customFields: number;
}

/** A request to an operation that was answered, or dropped without an answer (no `status`). */
export interface SeenRequest {
  readonly operation: string;
  readonly method: string;
  /** Path and query string as they came. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly status?: number;
  /** Code of the error that was answered. */
  readonly error?: string;
  /** When it came, in milliseconds since 1970 by the service's clock. */
  readonly at: number;
  /** How long the answer took. */
  readonly milliseconds: number;
  readonly account: string;
  readonly region: string;
}

/** What goes wrong, and what is allowed; all of it can change while the service runs. */
export interface Behaviour {
  /** As on the command line: `lost:0.1`, `500:0.05`, `reset`, `lag:2`, `SearchCases=500`, `lost*1`, `*=503`. */
  readonly faults: readonly string[];
  /** Added to every answer. */
  readonly latencyMs: number;
  readonly quota: QuotaSetting;
  /** IAM actions that are refused: `cases:SearchRelatedItems`, `connect:DescribeContact`. */
  readonly deny: readonly string[];
  /** Whether every connection is reset. */
  readonly offline: boolean;
}

export interface EmulatorOptions extends Partial<Behaviour> {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Address to listen on [127.0.0.1]; one that is not loopback takes `allowRemote`. */
  readonly host?: string;
  /** Lets other machines in: the service has no protection of its own against them. */
  readonly allowRemote?: boolean;
  /** Makes the faults repeatable. */
  readonly seed?: number;
  /** Whether signatures are verified; with these keys. Default: any credentials are accepted. */
  readonly verifySignatures?: boolean;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** How much a case may hold; the service's own limits unless given. */
  readonly limits?: 'unlimited' | Partial<Limits>;
  /** The account of callers whose access key does not name one, and of the page, `add` and `export` [123456789012]. */
  readonly account?: string;
  /** The Region of requests without a signature, and of the page, `add` and `export` [us-east-1]. */
  readonly region?: string;
  /** What each account has in each Region at first: a seed (dist/seed.schema.json). The demo domain unless given. */
  readonly content?: unknown;
  /** Where case events go once PutCaseEventConfiguration has switched them on: a POST each, a line each. */
  readonly events?: { readonly url?: string; readonly file?: string };
  /** Where the state is kept; in memory unless given. */
  readonly dataFile?: string;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Sees every request to an operation, after it was answered. */
  readonly onRequest?: (request: SeenRequest) => void;
}

/** A running local Cases service. Several can run in one process. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, for `endpoint` and `--endpoint-url`. */
  readonly url: string;
  readonly port: number;
  /** The requests of late, the newest last; at most 1000, and 65,536 characters of each body. */
  readonly requests: readonly SeenRequest[];
  readonly behaviour: Behaviour;
  /** Changes how the service behaves, from now on. Throws for what is no fault, quota or action, and changes nothing. */
  behave(changes: Partial<Behaviour>): void;
  setQuota(quota: QuotaSetting): void;
  /** Replaces all faults; without any, nothing goes wrong any more. */
  setFaults(faults: readonly string[]): void;
  setLatency(milliseconds: number): void;
  /** Replaces the IAM actions that are refused. */
  setDenied(actions: readonly string[]): void;
  /** Adds what a seed holds, in the service's own account and Region. Throws where it is none, and adds nothing. */
  add(seed: unknown): void;
  /** What the service's own account has in its own Region, as a seed. */
  export(): object;
  /** Puts back what was there at first, everywhere, and forgets the requests. */
  reset(): void;
  /** Stops listening and drops what is still connected. */
  close(): Promise<void>;
}

/** Starts Amazon Connect Cases on this machine. Rejects where the port can't be had, or may not. */
export type StartEmulator = (options?: EmulatorOptions) => Promise<Emulator>;

/** Ids of what there is unless `content` says otherwise; the same at every start. */
export interface Demo {
  readonly domainId: string;
  /** Of "Device alert", which wants a title and a customer. */
  readonly templateId: string;
  /** Of "Machine alarm", which wants a title and a machine, and no customer. */
  readonly alarmTemplateId: string;
  readonly layoutId: string;
  readonly customerId: string;
  readonly contactArn: string;
  readonly fileArn: string;
  readonly userArn: string;
  /** Custom fields, one of each type. */
  readonly fields: {
    readonly machine: string;
    readonly notes: string;
    readonly temperature: string;
    readonly underWarranty: string;
    readonly nextVisit: string;
    readonly severity: string;
    readonly dashboard: string;
    readonly technician: string;
  };
  readonly cases: readonly { readonly id: string; readonly title: string }[];
}
