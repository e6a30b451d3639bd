import assert from 'node:assert/strict';
import { proxyFor } from '../../src/runtime/network/proxy';
import { targetOf } from '../../src/runtime/network/target';

const target = (url: string) => targetOf(new URL(url));

describe('the proxy of the environment, as curl takes it', () => {
  const https = 'https://cases.eu-central-1.amazonaws.com';
  const hostOf = (environment: Record<string, string>, url = https) => {
    const proxy = proxyFor(target(url), environment);
    return proxy && `${proxy.secure ? 'https' : 'http'}://${proxy.host}:${proxy.port}`;
  };

  for (const [environment, url, proxy] of [
    [{}, https, undefined],
    [{ HTTPS_PROXY: '' }, https, undefined],
    [{ HTTPS_PROXY: 'http://p:3128' }, https, 'http://p:3128'],
    [{ HTTPS_PROXY: 'p:3128' }, https, 'http://p:3128'],
    [{ HTTPS_PROXY: '127.0.0.1:3128' }, https, 'http://127.0.0.1:3128'],
    [{ HTTPS_PROXY: '[::1]:3128' }, https, 'http://::1:3128'],
    [{ HTTPS_PROXY: 'https://p' }, https, 'https://p:443'],
    [{ HTTPS_PROXY: 'http://p/' }, https, 'http://p:80'],
    [{ HTTPS_PROXY: ' http://p:1 ' }, https, 'http://p:1'],
    [{ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://capital:1' }, https, 'http://small:1'],
    [{ HTTP_PROXY: 'http://p:1' }, https, undefined],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://127.0.0.1:4510', 'http://p:1'],
    [{ ALL_PROXY: 'http://p:1' }, https, 'http://p:1'],
  ] as const) {
    it(`${JSON.stringify(environment)}: ${url} is reached through ${proxy ?? 'none'}`, () =>
      assert.equal(hostOf(environment, url), proxy));
  }

  it('gets the name and password of its address, however they are escaped', () => {
    const { authorization } =
      proxyFor(target(https), { HTTPS_PROXY: 'http://me:p%23%40%25@p:1' }) ?? assert.fail();
    assert.equal(authorization, `Basic ${Buffer.from('me:p#@%').toString('base64')}`);
  });

  const leftOut: readonly [noProxy: string, url: string][] = [
    ['*', https],
    ['amazonaws.com', https],
    ['.amazonaws.com', https],
    ['*.amazonaws.com', https],
    ['AmazonAWS.com.', https],
    ['example.org, cases.eu-central-1.amazonaws.com', https],
    ['example.org amazonaws.com', https],
    ['amazonaws.com:443', https],
    ['127.0.0.1', 'http://127.0.0.1:4510'],
    ['127.0.0.0/8', 'http://127.0.0.1:4510'],
    ['10.0.0.0/8,192.168.0.0/16', 'https://192.168.7.7'],
    ['0.0.0.0/0', 'https://192.168.7.7'],
    ['::1', 'http://[::1]:4510'],
    ['[::1]', 'http://[::1]:4510'],
    ['[::1]:4510', 'http://[::1]:4510'],
    ['fd00::/8', 'https://[fd12::1]'],
  ];
  for (const [noProxy, url] of leftOut) {
    it(`NO_PROXY=${noProxy} leaves ${url} out`, () =>
      assert.equal(hostOf({ ALL_PROXY: 'http://p:1', NO_PROXY: noProxy }, url), undefined));
  }

  const notLeftOut: readonly [noProxy: string, url: string][] = [
    ['', https],
    [',', https],
    ['aws.com', https],
    ['amazonaws.com.cn', https],
    ['amazonaws.com:8443', https],
    ['eu-central-1', https],
    ['10.0.0.0/8', 'https://11.0.0.1'],
    ['10.0.0.0/33', 'https://10.0.0.1'],
    ['10.0.0.0/', 'https://10.0.0.1'],
    ['0.0.1', 'https://127.0.0.1'],
    ['fd00::/8', 'https://10.0.0.1'],
    ['10.0.0.0/8', 'https://[fd12::1]'],
  ];
  for (const [noProxy, url] of notLeftOut) {
    it(`NO_PROXY=${noProxy} does not leave ${url} out`, () =>
      assert.equal(hostOf({ ALL_PROXY: 'http://p:1', NO_PROXY: noProxy }, url), 'http://p:1'));
  }

  for (const value of [
    '"http://me:s3cret@p:1"',
    "'http://me:s3cret@p:1'",
    'http://me:12#s3cret@p:1',
    'http://me:s3cret#x@p:1',
    'http://me:12/s3cret@p:1',
    'http://me:12?s3cret@p:1',
    'http://me:s3cret%@p:1',
    'http://me:s3cret%zz@p:1',
    'socks5://me:s3cret@p:1',
    'http://',
    'http://p:port',
  ]) {
    it(`${value} is NOT_CONFIGURED that names the variable, not the value`, () =>
      assert.throws(
        () => proxyFor(target(https), { HTTPS_PROXY: value }),
        ({ code, message }: Error & { code: string }) =>
          code === 'NOT_CONFIGURED' && message.includes('HTTPS_PROXY') && !message.includes('s3cret'),
      ));
  }
});
