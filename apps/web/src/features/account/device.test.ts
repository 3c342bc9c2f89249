import { expect, test } from 'vitest';
import { describeDevice } from './device.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

test.each([
  [chrome, { browser: 'Chrome', system: 'Linux', kind: 'computer' }],
  [iphone, { browser: 'Safari', system: 'iOS', kind: 'phone' }],
  ['curl/8.5.0', { browser: 'curl', system: null, kind: 'program' }],
  ['node', { browser: 'node', system: null, kind: 'program' }],
  ['', { browser: null, system: null, kind: 'program' }],
])('%s', (userAgent, device) => expect(describeDevice(userAgent)).toEqual(device));
