import { describe, expect, it } from 'vitest';
import { signing } from '../../../build/package/signing.ts';

const apple = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' };

describe('signing', () => {
  it('is done where there is a certificate, and then must succeed', () => {
    expect(signing('win32', { CSC_LINK: 'cert.pfx' })).toEqual({
      settings: ['-c.forceCodeSigning=true'],
      told: 'Signed with the certificate in CSC_LINK.',
    });
    expect(signing('darwin', { CSC_LINK: 'cert.p12', ...apple }).settings).toEqual(['-c.forceCodeSigning=true']);
  });

  it('without a certificate says what people will see', () => {
    expect(signing('win32', {}).told).toBe('Not signed: there is no certificate in CSC_LINK. Windows will warn of it.');
    expect(signing('darwin', apple).told).toMatch(/^Signed by nobody: there is no certificate in CSC_LINK\./);
  });

  it('by nobody leaves the hardened runtime off, which would refuse the libraries', () => {
    expect(signing('darwin', {}).settings).toEqual(['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false']);
  });

  it('without a key of Apple names what notarisation misses', () => {
    const { settings, told } = signing('darwin', { CSC_LINK: 'cert.p12', APPLE_API_KEY: 'key.p8' });
    expect(settings).toContain('-c.mac.notarize=false');
    expect(told).toBe('Signed, not notarised: APPLE_API_KEY_ID, APPLE_API_ISSUER missing. macOS will warn of it.');
  });
});
