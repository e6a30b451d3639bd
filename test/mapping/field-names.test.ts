import assert from 'node:assert/strict';
import type { FieldValueUnion } from '@aws-sdk/client-connectcases';
import fc from 'fast-check';
import type { DomainField } from '../../src/definition/domain-fields';
import { describeProblem } from '../../src/errors/errors';
import { fieldCalled, isFieldId, optionCalled } from '../../src/mapping/field-names';
import { fittedTo } from '../../src/mapping/fitted-value';

const field = (id: string, name: string, type = 'Text'): DomainField => ({ id, name, type });
const fields = [
  field('f1', 'Machine'),
  field('f2', 'Temperature'),
  field('f3', 'Notes'),
  field('f4', 'Notes'),
];

/** The id that a key means, or what is said of it. */
function meaning(key: string): string {
  const found = fieldCalled(key, fields, 'custom.fields[0].id');
  return 'is' in found ? found.is.id : describeProblem(found.problem);
}

describe('what a field is called', () => {
  it('is its id, or the exact name if one field has it', () => {
    assert.equal(meaning('f2'), 'f2');
    assert.equal(meaning('Temperature'), 'f2');
  });
  it('is nothing that is nearly a name: the nearest names are told', () => {
    assert.match(
      meaning('temprature'),
      /^custom\.fields\[0\]\.id: the domain has no field called "temprature"\. The nearest: "Temperature", /,
    );
  });
  it('is not a name that several have: their ids are told', () =>
    assert.match(meaning('Notes'), /several are called "Notes"\. Give one of their ids: "f3", "f4"/));
  it('is an id of the domain before it is a name', () => {
    const found = fieldCalled('f1', [...fields, field('f9', 'f1')], 'id');
    assert.deepEqual('is' in found && found.is.id, 'f1');
  });
  it('goes as it is where it can only be an id', () => {
    fc.assert(fc.property(fc.uuid(), (id) => assert.ok(isFieldId(id))));
    assert.ok(isFieldId('status'));
    assert.ok(!isFieldId('Machine'));
  });
  it('is found, or refused with at most three names, in any domain', () => {
    const name = fc.string({ minLength: 1, maxLength: 100 });
    const named = fc.record({ id: fc.uuid(), name, type: fc.constant('Text') });
    fc.assert(
      fc.property(fc.array(named, { maxLength: 30 }), fc.string({ maxLength: 500 }), (domain, key) => {
        const found = fieldCalled(key, domain, 'id');
        const called = domain.filter((each) => each.name === key);
        assert.equal('is' in found, called.length === 1);
        if ('problem' in found) assert.ok(describeProblem(found.problem).length < 2600);
      }),
    );
  });

  it('goes for options, by their values and names', () => {
    const options = [
      { value: 'closed', name: 'Closed' },
      { value: 'open', name: 'Open' },
    ];
    const of = (key: string) =>
      optionCalled(key, options, field('status', 'Status', 'SingleSelect'), 'value');
    assert.deepEqual(of('closed'), { is: options[0] });
    assert.deepEqual(of('Closed'), { is: options[0] });
    const found = of('Done');
    assert.match(
      'problem' in found ? describeProblem(found.problem) : '',
      /the field "Status" has no option called "Done"\. The nearest: "Closed", "Open"/,
    );
  });
});

const text = (stringValue: string) => ({ stringValue });
const number = (doubleValue: number) => ({ doubleValue });
const yes = { booleanValue: true };
const at = '2026-03-01T12:00:00.000Z';
const arn = 'arn:aws:connect:eu-central-1:123456789012:instance/i/agent/a';

/** [type of the field, value, what it becomes] */
const fitting: readonly [string, FieldValueUnion, FieldValueUnion][] = [
  ['Number', text(' -12.5e1 '), number(-125)],
  ['Number', number(7), number(7)],
  ['Text', number(7), text('7')],
  ['Text', yes, text('true')],
  ['Boolean', text('True'), yes],
  ['Boolean', yes, yes],
  ['DateTime', text(at), text(at)],
  ['DateTime', text(' 2026-03-01 '), text('2026-03-01')],
  ['DateTime', text('2026-03-01T12:00+01:00'), text('2026-03-01T12:00+01:00')],
  ['DateTime', number(Date.parse(at)), text(at)],
  ['Url', text('https://example.com'), text('https://example.com')],
  ['User', text(` ${arn}\n`), { userArnValue: arn }],
  ['User', { userArnValue: arn }, { userArnValue: arn }],
  ['SingleSelect', number(1), text('1')],
  ['Number', { emptyValue: {} }, { emptyValue: {} }],
  ['Mood of next year', text('7'), text('7')],
];
/** [type of the field, value, what is said of it] */
const unfit: readonly [string, FieldValueUnion, RegExp][] = [
  ['Number', text('12,5'), /"Celsius" \(Number\) and has to be a number, but is "12,5" \(stringValue\)/],
  ['Number', text(''), /a number/],
  ['Number', text('0x10'), /a number/],
  ['Number', text('1e999'), /a number/],
  ['Number', yes, /but is true \(booleanValue\)/],
  ['Boolean', text('yes'), /true or false/],
  ['Boolean', number(1), /true or false, but is 1 \(doubleValue\)/],
  ['DateTime', text('yesterday'), /a date and time in ISO 8601/],
  ['DateTime', text('2026-13-01T00:00Z'), /ISO 8601/],
  ['DateTime', number(1e20), /ISO 8601/],
  ['DateTime', yes, /ISO 8601/],
  ['Url', text('not a url'), /a web address/],
  ['User', text('Jane'), /a user's ARN/],
];

describe('a value and the type of its field', () => {
  for (const [type, value, fitted] of fitting) {
    it(`${JSON.stringify(value)} fits ${type}`, () =>
      assert.deepEqual(fittedTo(field('f', 'Celsius', type), value, 'value'), { value: fitted }));
  }
  for (const [type, value, message] of unfit) {
    it(`${JSON.stringify(value)} does not fit ${type}: both are named`, () => {
      const fitted = fittedTo(field('f', 'Celsius', type), value, 'custom.fields[0].value');
      assert.ok('problem' in fitted);
      assert.match(describeProblem(fitted.problem), message);
      assert.equal(fitted.problem.path, 'custom.fields[0].value');
    });
  }
  it('any number comes back from its text, and any time from its milliseconds', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.deepEqual(fittedTo(field('f', 'N', 'Number'), text(String(value)), 'v'), {
          value: number(Number(String(value))),
        });
      }),
    );
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }), (date) => {
        const iso = { value: text(date.toISOString()) };
        const when = field('f', 'When', 'DateTime');
        assert.deepEqual(fittedTo(when, number(date.getTime()), 'v'), iso);
        assert.deepEqual(fittedTo(when, text(date.toISOString()), 'v'), iso);
      }),
    );
  });
});
