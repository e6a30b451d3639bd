import type { OverviewProblem } from '../../definition/overview/protocol';

/** Something that a request names is not there. */
export class NoSuch extends Error {
  override readonly name = 'NoSuch';
  readonly problem: OverviewProblem;

  constructor(problem: OverviewProblem) {
    super(problem);
    this.problem = problem;
  }
}
