import { describe, expect, it } from 'vitest';
import type { Media } from '../../../src-main/contract/bridge.ts';
import { addressOf, mediaAt } from '../../../src-main/hosts/media-address.ts';

describe('the address of a picture', () => {
  it.each<[Media, string, object]>([
    [{ kind: 'thumb', level: 'preview' }, 'squint://thumb/7/preview?v=a%20b', { kind: 'thumb', id: 7, level: 'preview' }],
    [{ kind: 'loupe', width: 1600, height: 900 }, 'squint://loupe/7/1600x900?v=a%20b', { kind: 'loupe', id: 7, width: 1600, height: 900 }],
    [{ kind: 'picture', network: 2 }, 'squint://picture/7/2?v=a%20b', { kind: 'picture', id: 7, network: 2 }],
    [{ kind: 'full' }, 'squint://full/7?v=a%20b', { kind: 'full', id: 7 }],
  ])('of %j is %s, and is read back', (media, address, asked) => {
    expect(addressOf(7, 'a b', media)).toBe(address);
    expect(mediaAt(address)).toEqual(asked);
  });

  it.each([
    'squint://thumb/0/thumb',
    'squint://thumb/-1/thumb',
    'squint://thumb/1e3/thumb',
    'squint://thumb/7',
    'squint://thumb/7/huge',
    'squint://thumb/7/thumb/more',
    'squint://thumb/../etc/passwd',
    'squint://loupe/7/0x9',
    'squint://loupe/7/100000x9',
    'squint://picture/7/0',
    'squint://full/7/thumb',
    'squint://log/7',
    'file:///etc/passwd',
  ])('is none: %s', (address) => {
    expect(mediaAt(address)).toBeNull();
  });
});
