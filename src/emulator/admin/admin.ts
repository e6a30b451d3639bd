import { version } from '../../../package.json';
import type { Behaviour, Emulator } from '../api';
import type { CasesService } from '../service';
import { type Answer, send } from '../wire/answer';
import type { Arrived } from '../wire/operation-request';
import type { Handler } from '../wire/server';
import { openCase } from './open-case';

/** What the requests at `/_local/` work on. */
type Managed = Pick<Emulator, 'behaviour' | 'behave' | 'requests' | 'add' | 'export' | 'reset'> & {
  readonly service: CasesService;
};

/** No operation's path begins like this. */
const prefix = '/_local/';

type Action = (emulator: Managed, body: string) => unknown;

/** Everything that can be asked for at `/_local/`, and what is answered as JSON. */
const actions: Readonly<Record<string, Action>> = {
  'GET health': () => ({ status: 'ok', version }),
  'GET behaviour': ({ behaviour }) => behaviour,
  'PATCH behaviour': (emulator, body) => {
    emulator.behave(behaviourOf(body));
    return emulator.behaviour;
  },
  'GET requests': ({ requests }) => ({ requests: requests.map(({ headers, ...rest }) => rest) }),
  'POST seed': (emulator, body) => {
    emulator.add(objectOf(body));
    return {};
  },
  'GET export': (emulator) => emulator.export(),
  'POST case': ({ service }, body) => ({ caseId: openCase(service, String(objectOf(body).title ?? '')) }),
  'POST reset': (emulator) => {
    emulator.reset();
    return {};
  },
};

export const adminPaths: readonly string[] = Object.keys(actions).map((action) =>
  action.replace(' ', ` ${prefix}`),
);

/** The requests that steer the service while it runs, for programs in any language. */
export function adminHandler(emulator: Managed): Handler {
  return ({ wire, response }) => {
    const [path = ''] = wire.target.split('?');
    if (!path.startsWith(prefix)) return false;
    send(response, answer(emulator, wire, path.slice(prefix.length)));
    return true;
  };
}

function answer(emulator: Managed, { method, body }: Arrived['wire'], name: string): Answer {
  const action = actions[`${method} ${name}`];
  if (!action) {
    return json(404, {
      message: `There is no ${method} ${prefix}${name}; there are ${adminPaths.join(', ')}`,
    });
  }
  try {
    return json(200, action(emulator, body));
  } catch (error) {
    const { message } = error as Error;
    return json(400, { message });
  }
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value)}\n`,
});

function objectOf(body: string): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Readonly<Record<string, unknown>>;
  }
  throw new Error('The body has to be a JSON object');
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** What each member of the behaviour has to be; what it means is judged where it is used. */
const members: Readonly<Record<keyof Behaviour, (value: unknown) => boolean>> = {
  faults: isTexts,
  latencyMs: (value) => typeof value === 'number',
  quota: (value) => value === null || value === 'unlimited' || typeof value === 'object',
  deny: isTexts,
  offline: (value) => typeof value === 'boolean',
};

function behaviourOf(body: string): Partial<Behaviour> {
  const given = Object.entries(objectOf(body));
  for (const [name, value] of given) {
    if (!Object.hasOwn(members, name)) {
      throw new Error(`'${name}' is not one of ${Object.keys(members).join(', ')}`);
    }
    if (!members[name as keyof Behaviour](value)) throw new Error(`'${name}' is of the wrong type`);
  }
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined]));
}
