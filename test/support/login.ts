const password = 'test';
/** Of that password, as `node-red admin hash-pw` makes it, with less rounds. */
const passwordHash = '$2b$04$mk.njmVggkAsgn/GdVU/nuq2M3NNgwA4AoVbjE.Qli2E.eEiZkN.W';
const user = (username: string, permissions: string | string[]) => ({
  username,
  password: passwordHash,
  permissions,
});

/**
 * For `adminAuth`: who may do everything, who may only read, and who may pick by name but not deploy, and
 * who may look at the flows alone.
 */
export const users = {
  type: 'credentials',
  users: [
    user('owner', '*'),
    user('reader', 'read'),
    user('picker', ['flows.read', 'connect-cases-domain.write']),
    user('guest', ['flows.read', 'nodes.read', 'plugins.read', 'settings.read', 'status.read']),
  ],
};

/** The access token of each of the users. */
export async function login(url: string): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {};
  for (const { username } of users.users) {
    const answer = await fetch(`${url}auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: 'node-red-admin',
        grant_type: 'password',
        scope: '',
        username,
        password,
      }),
    });
    tokens[username] = ((await answer.json()) as { access_token: string }).access_token;
  }
  return tokens;
}
