import { CasesError } from '../errors/errors';

/** Where the next page of a list begins; nothing: there is none. */
interface Page {
  readonly nextToken?: string | undefined;
}

/** Pages of a list of which nobody says how long it is: 2000 related items, ten times what a case may have by default; 8000 fields, of which a domain has 500. */
const mostPagesUnlessSaid = 80;

/**
 * The pages of a list, one after the other. Throws `SERVICE` where there are more than `mostPages`: a list that does not
 * end would be read for ever.
 */
export async function* pagesOf<Found extends Page>(
  read: (from: { readonly nextToken?: string }) => Promise<Found>,
  mostPages = mostPagesUnlessSaid,
): AsyncGenerator<Found> {
  let nextToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await read(nextToken === undefined ? {} : { nextToken });
    yield page;
    nextToken = page.nextToken || undefined;
    if (nextToken === undefined) return;
  }
  throw new CasesError('SERVICE', `A list of the service has more than ${mostPages} pages.`);
}
