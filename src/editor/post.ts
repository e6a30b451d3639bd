/** What Node-RED answers in place of an answer of ours. */
export interface Refused {
  /** Of HTTP; 0: none came. */
  readonly status: number;
}

/** Asks a route of ours. Resolves with what it answers, also where it refuses; never rejects. */
export async function post<Answer extends object>(url: string, request: object): Promise<Answer | Refused> {
  try {
    return await $.ajax({
      url,
      method: 'POST',
      contentType: 'application/json',
      dataType: 'json',
      data: JSON.stringify(request),
    });
  } catch (failure) {
    const { status, responseJSON } = failure as JQuery.jqXHR<Answer>;
    return { status, ...responseJSON };
  }
}
