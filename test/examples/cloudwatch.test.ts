import assert from 'node:assert/strict';
import { casesAbout, type Deployed, deployed, running, stopRunning, topicArn } from './running';

after(stopRunning);

const address = 'sns/cloudwatch';

const signed = {
  SignatureVersion: '1',
  Signature:
    'EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2egU3N858fiTDN6bkkOxYDVrY0Ad8L10Hs3zH81mtnPk5uvvolIC1CXGu43obcgFxeL3khZl8IKvO61GWB6jI9b5+gLPoBc1Q=',
  SigningCertURL:
    'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem',
};

/** As SNS asks an endpoint whether it wants the messages of a topic. */
const confirmation = (changes: object = {}) =>
  JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
    Token: '2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92',
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: linkOf('sns.us-east-1.amazonaws.com'),
    Timestamp: '2026-11-03T13:02:12.123Z',
    ...signed,
    ...changes,
  });
const linkOf = (host: string) =>
  `https://${host}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92`;

/** What CloudWatch tells the topic. */
const alarm = (changes: object = {}) => ({
  AlarmName: 'freezer-7-too-warm',
  AlarmDescription: 'Freezer 7 is warmer than -18 °C & someone has to look.',
  AWSAccountId: '123456789012',
  AlarmConfigurationUpdatedTimestamp: '2026-10-01T08:00:00.000+0000',
  NewStateValue: 'ALARM',
  NewStateReason:
    'Threshold Crossed: 1 out of the last 1 datapoints [-11.4 (03/11/26 13:03:00)] was greater than the threshold (-18.0) (minimum 1 datapoint for OK -> ALARM transition).',
  StateChangeTime: '2026-11-03T13:08:45.828+0000',
  Region: 'US East (N. Virginia)',
  AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:freezer-7-too-warm',
  OldStateValue: 'OK',
  OKActions: [],
  AlarmActions: [topicArn],
  InsufficientDataActions: [],
  Trigger: {
    MetricName: 'Temperature',
    Namespace: 'Cooling',
    StatisticType: 'Statistic',
    Statistic: 'MAXIMUM',
    Unit: null,
    Dimensions: [{ value: 'freezer-7', name: 'Device' }],
    Period: 300,
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: -18,
    TreatMissingData: 'missing',
  },
  ...changes,
});

const notification = (messageId: string, changes: object = {}) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: 'ALARM: "freezer-7-too-warm" in US East (N. Virginia)',
    Message: JSON.stringify(alarm()),
    Timestamp: '2026-11-03T13:08:45.901Z',
    UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${topicArn}:c9135db0-26c4-47ec-8998-413945fb5a96`,
    ...signed,
    ...changes,
  });

const [first, second] = ['22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324', 'dc1e94d9-56c5-5e96-808d-cc7f68faa162'];

describe('the example for CloudWatch alarms', function () {
  this.timeout(60_000);
  let flow: Deployed;

  beforeEach(async () => {
    const { sns } = await running();
    Object.assign(sns, { status: 200 });
    sns.visited.length = 0;
    flow = await deployed('stories/cloudwatch-alarm-to-case');
  });

  it('confirms its subscription', async () => {
    const { sns } = await running();
    assert.equal((await flow.post(address, confirmation())).status, 200);
    assert.deepEqual(sns.visited, [linkOf('sns.us-east-1.amazonaws.com')]);
  });

  it('asks SNS to try again where the confirmation fails', async () => {
    const { sns } = await running();
    sns.status = 500;
    assert.equal((await flow.post(address, confirmation())).status, 500);
    assert.equal(sns.visited.length, 1);
    const withoutCertificate = confirmation({ SubscribeURL: linkOf('sns.eu-west-1.amazonaws.com') });
    assert.equal((await flow.post(address, withoutCertificate)).status, 503);
  });

  for (const [what, changes] of [
    ['of another topic', { TopicArn: `${topicArn}-of-a-stranger` }],
    ['to another host', { SubscribeURL: linkOf('sns.us-east-1.amazonaws.com.evil.example') }],
    [
      'to a host with SNS as a user name',
      { SubscribeURL: linkOf('sns.us-east-1.amazonaws.com@evil.example') },
    ],
    ['without https', { SubscribeURL: linkOf('sns.us-east-1.amazonaws.com').replace('https', 'http') }],
  ] as const) {
    it(`does not visit a link ${what}`, async () => {
      const { sns } = await running();
      assert.equal((await flow.post(address, confirmation(changes))).status, 403);
      assert.deepEqual(sns.visited, []);
    });
  }

  it('opens the case of the alarm with a comment, once however often it comes', async () => {
    const message = JSON.stringify(alarm({ AlarmName: 'once' }));
    for (const id of [first, first, second]) {
      assert.equal((await flow.post(address, notification(id, { Message: message }))).status, 200);
    }
    assert.deepEqual(await casesAbout('once'), [
      {
        title: 'once',
        status: 'open',
        comments: [
          [
            'ALARM: once',
            'Freezer 7 is warmer than -18 °C & someone has to look.',
            '',
            alarm().NewStateReason,
            '',
            '2026-11-03T13:08:45.828+0000, US East (N. Virginia), account 123456789012',
            '',
          ].join('\n'),
        ],
        slas: [],
      },
    ]);
  });

  it('closes the case with a comment when all is well, and changes nothing for any other state', async () => {
    for (const [index, NewStateValue] of ['ALARM', 'INSUFFICIENT_DATA', 'OK', 'OK'].entries()) {
      const message = JSON.stringify(alarm({ AlarmName: 'over', NewStateValue }));
      const { status } = await flow.post(address, notification(`over-${index}`, { Message: message }));
      assert.equal(status, 200);
    }
    const [only, ...more] = await casesAbout('over');
    assert.deepEqual(more, []);
    assert.equal(only?.status, 'closed');
    assert.deepEqual(
      only?.comments.map((text) => text.split('\n')[0]),
      ['ALARM: over', 'OK: over'],
    );
  });

  it('refuses what another topic sends', async () => {
    const strange = notification(first, { TopicArn: `${topicArn}-of-a-stranger` });
    assert.equal((await flow.post(address, strange)).status, 403);
    assert.equal((await flow.post(address, notification(first, { Type: 'Something' }))).status, 403);
    assert.deepEqual(flow.made, []);
  });

  it('answers 400 to what is no alarm', async () => {
    for (const message of [
      notification(first, { Message: JSON.stringify(alarm({ AlarmName: undefined })) }),
      notification(first, { Message: 'This is a test.' }),
      'not JSON',
    ]) {
      assert.equal((await flow.post(address, message)).status, 400);
    }
    assert.deepEqual(flow.made, []);
  });

  it('is tried with its button and its curl line', async () => {
    await flow.press();
    const [item] = await flow.items(1);
    assert.match(item?.content.comment?.body ?? '', /^ALARM: freezer-7-too-warm\nFreezer 7 is warmer/);
    await flow.shows('the answer', /^200: written$/);
    assert.deepEqual(await flow.curl({ 'YOUR-TOPIC-ARN': topicArn }), { status: 200, body: 'written' });
  });

  it('leaves out a description that the alarm does not have', async () => {
    const message = JSON.stringify(alarm({ AlarmDescription: null }));
    assert.equal((await flow.post(address, notification(first, { Message: message }))).status, 200);
    assert.match(flow.made[0]?.content.comment?.body ?? '', /^ALARM: freezer-7-too-warm\n\nThreshold/);
  });

  it('writes nothing where there is no state', async () => {
    for (const message of [JSON.stringify(alarm({ NewStateValue: null })), 'null', '"ALARM"', '[]'])
      assert.equal((await flow.post(address, notification(first, { Message: message }))).status, 400);
    assert.deepEqual(flow.made, []);
  });
});
