import assert from 'node:assert/strict';
import { startEmulator } from '../../src/emulator';
import { adminPaths } from '../../src/emulator/admin/admin';
import { readCommandLine } from '../../src/emulator/command-line';
import { operationNames } from '../../src/emulator/operations';
import { faultExamples } from '../../src/emulator/wire/faults';
import { defaultQuotas } from '../../src/emulator/wire/quota';
import { section, tableOf } from './documentation';

const code = (cell = ''): string => cell.replaceAll('`', '');

describe('the page about the local service', () => {
  it('has every operation with its quota, and no other', () => {
    const told = tableOf('Operations').flatMap(([quota, names = '']) =>
      names.split(', ').map((name) => [name, quota]),
    );
    assert.deepEqual(
      told.toSorted(),
      operationNames
        .map((name) => {
          const { perSecond, burst } = defaultQuotas[name];
          return [name, `${perSecond} / ${burst}`];
        })
        .toSorted(),
    );
  });
  it('tells the rules of operations that there are, each once', () => {
    const names = tableOf("Rules besides the model's").map(([name]) => name);
    assert.deepEqual(
      names,
      operationNames.filter((name) => names.includes(name)),
    );
  });
  it('has every option that --help has', () => {
    const help = readCommandLine(['--help']) as { print: string };
    const named = (text: string) => [...text.matchAll(/(--[a-z][a-z-]*)/g)].map(([option]) => option);
    const described = tableOf('Options').flatMap(([option]) => named(option ?? '').slice(0, 1));
    assert.deepEqual(described.toSorted(), [...new Set(named(help.print))].toSorted());
  });
  it('has every kind of fault', () => {
    assert.deepEqual(
      tableOf('Faults').map(([fault, meaning]) => [code(fault), meaning]),
      faultExamples,
    );
  });
  it('has every request of /_local/', () => {
    assert.deepEqual(
      tableOf('For programs').map(([request]) => code(request)),
      adminPaths,
    );
  });
  it('shows a seed that can be used', async () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(section('Seeds')) ?? [];
    const emulator = await startEmulator({ content: JSON.parse(json) });
    assert.equal(emulator.service.state.cases.size, 1);
    await emulator.close();
  });
});
