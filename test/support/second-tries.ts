import { type MochaOptions, Runner, reporters, type Test } from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_RETRY } = Runner.constants;

/** The usual report; at its end it says which tests had a second try (see `secondTry`), and why the first failed. */
class SecondTries extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const failed: [Test, Error][] = [];
    runner.on(EVENT_TEST_RETRY, (test, error) => failed.push([test, error]));
    runner.once(EVENT_RUN_END, () => {
      for (const [test, { stack }] of failed) {
        console.log(`  Second try: ${test.titlePath().join(' > ')}\n    the first ended with ${stack}\n`);
      }
    });
  }
}

module.exports = SecondTries;
