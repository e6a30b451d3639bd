/** A local service in a process of its own, so that it does not take time from what is measured. */
import { startLocal } from './local';

void startLocal(16, { quota: 'unlimited' }).then(({ emulator }) => process.stdout.write(`${emulator.url}\n`));
