/** Marks an error that was raised before the request was handed to the connection. */
export const beforeSending = Symbol('before sending');
/** Marks an error of what fetches the keys. */
export const fetchingKeys = Symbol('fetching keys');
/** Marks a refusal of keys that have been replaced by others meanwhile. */
export const keysRenewed = Symbol('keys renewed');

/** Why no connection came about, in words. */
export const tlsExpected = 'what listens there speaks TLS, so its address begins with https://';
export const timeOut = 'time-out of the connection';
/** Before its status code. */
export const proxyAnswered = 'the proxy answered ';

/** No connection came about, so nothing of the request was sent. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';

  /** `code` is what the system or OpenSSL calls the reason (`ECONNREFUSED`), or the reason in words. */
  constructor(readonly code: string) {
    super(code);
  }
}

/** An answer that is not the service's: a redirect, or the page of a gateway or captive portal. */
export class NotTheService extends Error {
  override readonly name = 'NotTheService';

  constructor(readonly status: number) {
    super(`answered ${status}`);
  }
}

/** An answer that is not the documented one, so what became of the request is not known. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };

  /** `what` is wrong with it, after "the answer": `has no ARN`. */
  constructor(what: string, { httpStatusCode = 200, requestId }: UnreadableAnswer['$metadata']) {
    super(what);
    this.$metadata = { httpStatusCode, ...(requestId !== undefined && { requestId }) };
  }
}

/** An answer without the list that it is for. */
export class NoList extends UnreadableAnswer {
  constructor(
    readonly list: string,
    metadata: UnreadableAnswer['$metadata'],
  ) {
    super(`has no list of ${list}`, metadata);
  }
}
