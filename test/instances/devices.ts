import { connectAsync, type MqttClient } from 'mqtt';

/** An alarm as a device sends it. */
export interface Alarm {
  readonly device: string;
  readonly id: string;
  readonly text: string;
}

/**
 * What the note of the example asks of devices: an alarm is sent again, with the same id, until that is confirmed.
 * Not each minute, so that a test does not take hours.
 */
export class Devices {
  readonly #client: MqttClient;
  readonly #unconfirmed = new Map<string, Alarm>();
  readonly #again: NodeJS.Timeout;
  #confirmed = () => {};

  private constructor(client: MqttClient, againMs: number) {
    this.#client = client;
    client.on('message', (topic, payload) => {
      this.#unconfirmed.delete(`${topic.split('/')[1]} ${payload}`);
      this.#confirmed();
    });
    this.#again = setInterval(() => {
      for (const alarm of this.#unconfirmed.values()) void this.#publish(alarm);
    }, againMs);
  }

  static async connect(port: number, againMs: number): Promise<Devices> {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5 });
    const devices = new Devices(client, againMs);
    await client.subscribeAsync('confirmed/+', { qos: 1 });
    return devices;
  }

  /** Resolves when the broker has them all. */
  async send(alarms: readonly Alarm[]): Promise<void> {
    for (const alarm of alarms) this.#unconfirmed.set(`${alarm.device} ${alarm.id}`, alarm);
    await Promise.all(alarms.map((alarm) => this.#publish(alarm)));
  }

  /** Resolves once so many alarms at most are not confirmed. */
  async untilUnconfirmed(most: number): Promise<void> {
    while (this.#unconfirmed.size > most) {
      await new Promise<void>((resolve) => {
        this.#confirmed = resolve;
      });
    }
  }

  async end(): Promise<void> {
    clearInterval(this.#again);
    await this.#client.endAsync();
  }

  async #publish({ device, id, text }: Alarm): Promise<void> {
    await this.#client.publishAsync(`alarms/${device}`, JSON.stringify({ id, text }), { qos: 1 });
  }
}
