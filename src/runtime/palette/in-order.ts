import { Fifo } from '../../delivery/waiting/fifo';

/** Acts on what comes, in the order in which it began to come. */
export class InOrder {
  readonly #coming = new Fifo<{ act?: () => void }>();

  /** `act` gets the value; `fail`, which does not throw, why there is none, or what `act` has thrown. */
  add<Value>(coming: Promise<Value>, act: (value: Value) => void, fail: (cause: unknown) => void): void {
    const place: { act?: () => void } = {};
    this.#coming.push(place);
    const ready = (next: () => void) => {
      place.act = next;
      this.#go();
    };
    const tryToAct = (value: Value) => {
      try {
        act(value);
      } catch (cause) {
        fail(cause);
      }
    };
    coming.then(
      (value) => ready(() => tryToAct(value)),
      (cause) => ready(() => fail(cause)),
    );
  }

  #go(): void {
    for (let next = this.#coming.peek(); next?.act; next = this.#coming.peek()) {
      this.#coming.shift();
      next.act();
    }
  }
}
