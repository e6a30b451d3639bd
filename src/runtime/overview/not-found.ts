import type { OverviewProblem } from '../../definition/overview/protocol';

/** Something that a request names is not there. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly problem: OverviewProblem;

  constructor(problem: OverviewProblem) {
    super(problem);
    this.problem = problem;
  }
}
