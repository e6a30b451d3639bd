import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileClock, type MachineClocks } from '../../../src/delivery/store/disk/file/file-clock';

const minutes = 60_000;
const year2026 = Date.UTC(2026, 0, 1);

/** A machine whose clocks a test moves. */
class Machine implements MachineClocks {
  bootId = 'first';
  #wall = year2026;
  #uptime = 10 * minutes;
  /** That of the process, which begins anywhere. */
  #monotonic = 5;

  monotonic = (): number => this.#monotonic;
  wall = (): number => this.#wall;
  uptime = (): number => this.#uptime;

  pass(ms: number): void {
    this.#wall += ms;
    this.#uptime += ms;
    this.#monotonic += ms;
  }

  setWall(to: number): void {
    this.#wall = to;
  }

  newProcess(): void {
    this.#monotonic = 100;
  }

  /** `wall`: what its clock shows afterwards. */
  reboot(wall: number): void {
    this.bootId += "'";
    this.#uptime = 20_000;
    this.#wall = wall;
    this.newProcess();
  }
}

describe('the clock of the file', () => {
  it('goes on with the time that has passed where the machine ran on, whatever its date became', () => {
    const machine = new Machine();
    const clock = new FileClock(undefined, 0, machine);
    const last = clock.mark(true);
    machine.setWall(0);
    machine.pass(7 * minutes);
    machine.newProcess();
    assert.equal(new FileClock(last, 0, machine).now(), last.fileMs + 7 * minutes);
  });

  it('goes on with the date where the machine was off and its date was right', () => {
    const machine = new Machine();
    const last = new FileClock(undefined, 0, machine).mark(true);
    machine.reboot(year2026 + 480 * minutes);
    assert.equal(new FileClock(last, 0, machine).now(), last.fileMs + 480 * minutes);
  });

  it('stands still where nobody can tell how long the machine was off', () => {
    for (const [wall, wallIsRight] of [
      [0, true],
      [year2026 + 480 * minutes, false],
    ] as const) {
      const machine = new Machine();
      const last = new FileClock(undefined, 0, machine).mark(wallIsRight);
      machine.reboot(wall);
      assert.equal(new FileClock(last, 0, machine).now(), last.fileMs);
    }
  });

  it('begins with the date, and not before what is in the file', () => {
    const machine = new Machine();
    assert.equal(new FileClock(undefined, 0, machine).now(), year2026);
    machine.setWall(0);
    assert.equal(new FileClock(undefined, year2026 + 5, machine).now(), year2026 + 5);
  });

  it('never goes back, and is never ahead of the time that has passed where the date was right', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('pass' as const), ms: fc.nat(100 * minutes) }),
      fc.record({ do: fc.constant('restart' as const), ms: fc.nat(minutes) }),
      fc.record({ do: fc.constant('reboot' as const), ms: fc.nat(1000 * minutes), right: fc.boolean() }),
      fc.record({ do: fc.constant('set' as const), ms: fc.nat(2 * year2026) }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const machine = new Machine();
        let clock = new FileClock(undefined, 0, machine);
        let passed = 0;
        let before = clock.now();
        for (const each of steps) {
          // The service tells whether the date is right.
          const last = clock.mark(machine.wall() === year2026 + passed);
          if (each.do === 'set') machine.setWall(each.ms);
          else passed += each.ms;
          if (each.do === 'pass' || each.do === 'restart') machine.pass(each.ms);
          if (each.do === 'restart') machine.newProcess();
          if (each.do === 'reboot') machine.reboot(each.right ? year2026 + passed : 0);
          if (each.do === 'restart' || each.do === 'reboot') clock = new FileClock(last, 0, machine);
          assert.ok(clock.now() >= before);
          assert.ok(clock.now() <= year2026 + passed + 1);
          before = clock.now();
        }
      }),
    );
  });
});
