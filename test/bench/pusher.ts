/** A process of its own with one delivery that always has something to send. Arguments: endpoint, case. */
import { comment, startDelivery } from './local';

const [url = '', caseId = ''] = process.argv.slice(2);
const delivery = startDelivery(url);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  for (let index = 0; index < 5000; index += 1) {
    delivery.deliver(comment(caseId, `${index}`)).catch(() => undefined);
  }
});
