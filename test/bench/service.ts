/** A local service in a process of its own: says its address, and its processor time whenever it is asked. */
import { startLocal } from './local';

void startLocal(16, { quota: 'unlimited' }).then(({ emulator }) => process.send?.(emulator.url));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
