/** Numbers of the last steps of time, one for each; what is older is forgotten. Times in milliseconds of one clock. */
export class Steps {
  readonly stepMs: number;
  readonly #values: number[];
  readonly #atStep: () => number;
  #last: number | undefined;

  /** `atStep` gives what a step begins with, also one that passed without a call; left out: 0. */
  constructor(stepMs: number, length: number, atStep: () => number = () => 0) {
    this.stepMs = stepMs;
    this.#values = new Array<number>(length).fill(0);
    this.#atStep = atStep;
  }

  /** Counts one more. */
  add(now: number): void {
    const step = this.#goTo(now);
    this.#values[step] = (this.#values[step] ?? 0) + 1;
  }

  /** Lets time pass: to be called before what `atStep` gives changes. */
  touch(now: number): void {
    this.#goTo(now);
  }

  /** All, the step of now last. */
  values(now: number): readonly number[] {
    const last = this.#goTo(now);
    return [...this.#values.slice(last + 1), ...this.#values.slice(0, last + 1)];
  }

  sum(now: number): number {
    this.#goTo(now);
    return this.#values.reduce((sum, value) => sum + value, 0);
  }

  /** The place of the step of now. */
  #goTo(now: number): number {
    const { length } = this.#values;
    const step = Math.floor(now / this.stepMs);
    if (step !== this.#last) {
      const first = Math.max((this.#last ?? step - 1) + 1, step - length + 1);
      for (let passed = first; passed <= step; passed += 1) this.#values[passed % length] = this.#atStep();
      this.#last = step;
    }
    return step % length;
  }
}
