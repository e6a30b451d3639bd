import type { SearchRelatedItemsRequest } from '@aws-sdk/client-connectcases';
import type { Caller } from '../channel/channel';
import type { Channels } from '../channel/channels';
import type { CasesService } from '../service/service';

type CaseId = Required<Pick<SearchRelatedItemsRequest, 'domainId' | 'caseId'>>;

/** Puts together the ARN of an item that was searched for: a search gives its id alone. */
export class ItemArns {
  readonly #service: CasesService;
  readonly #channels: Channels;
  readonly #warn: (topic: string, text: string) => void;
  #domainArn: string | undefined;

  constructor(service: CasesService, channels: Channels, warn: (topic: string, text: string) => void) {
    this.#service = service;
    this.#channels = channels;
    this.#warn = warn;
  }

  /** The items of the domain have ARNs that begin like this one. */
  learn(itemArn: string): void {
    const end = itemArn.indexOf('/case/');
    if (end > 0) this.#domainArn ??= itemArn.slice(0, end);
  }

  async of(caller: Caller, { domainId, caseId }: CaseId, itemId: string): Promise<string> {
    return `${await this.#arnOfDomain(caller, domainId)}/case/${caseId}/related-item/${itemId}`;
  }

  async #arnOfDomain(caller: Caller, domainId: string | undefined): Promise<string> {
    if (this.#domainArn === undefined) {
      const result = await this.#channels
        .to('GetDomain')
        .call(caller, (signal) => this.#service.call('GetDomain', { domainId }, signal));
      if ('answer' in result) this.#domainArn ??= result.answer.output.domainArn;
      else
        this.#warn(
          'arn',
          'An item that was looked up has an ARN without account: cases:GetDomain gave none.',
        );
    }
    return this.#domainArn ?? `arn:aws:cases:::domain/${domainId}`;
  }
}
