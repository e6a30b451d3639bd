import type { CasesService } from '../service/service';

/** Puts together the ARN of an item that was looked up: a search gives its id alone. */
export class ItemArns {
  readonly #service: CasesService;
  readonly #signal: AbortSignal;
  readonly #warn: (topic: string, text: string) => void;
  #domainArn: string | undefined;

  constructor(service: CasesService, signal: AbortSignal, warn: (topic: string, text: string) => void) {
    this.#service = service;
    this.#signal = signal;
    this.#warn = warn;
  }

  /** The items of the domain have ARNs that begin like this one. */
  learn(itemArn: string): void {
    const end = itemArn.indexOf('/case/');
    if (end > 0) this.#domainArn ??= itemArn.slice(0, end);
  }

  async of(domainId: string, caseId: string, itemId: string): Promise<string> {
    return `${await this.#arnOfDomain(domainId)}/case/${caseId}/related-item/${itemId}`;
  }

  async #arnOfDomain(domainId: string): Promise<string> {
    if (this.#domainArn === undefined) {
      const arn = await this.#service.domainArn(domainId, this.#signal).catch(() => '');
      if (arn) this.#domainArn ??= arn;
      else
        this.#warn(
          'arn',
          'An item that was looked up has an ARN without account: cases:GetDomain gave none.',
        );
    }
    return this.#domainArn ?? `arn:aws:cases:::domain/${domainId}`;
  }
}
