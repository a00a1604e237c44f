/**
 * Whether a package is signed is decided by the environment alone: a certificate in CSC_LINK, with its password in
 * CSC_KEY_PASSWORD, as electron-builder reads them; for notarisation by Apple also APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER.
 */

export interface Signing {
  readonly settings: string[]; // for electron-builder
  readonly told: string;
}

export function signing(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Signing {
  if (platform === 'linux') return { settings: [], told: 'Packages for Linux are not signed.' };
  const certificate = env.CSC_LINK;
  if (platform === 'win32') {
    if (certificate === undefined)
      return { settings: [], told: 'Not signed: there is no certificate in CSC_LINK. Windows will warn of it.' };
    return { settings: ['-c.forceCodeSigning=true'], told: 'Signed with the certificate in CSC_LINK.' };
  }
  if (certificate === undefined) {
    // Apple silicon starts only what is signed, if by nobody; the hardened runtime would refuse libraries that nobody signed.
    return {
      settings: ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false'],
      told: 'Signed by nobody: there is no certificate in CSC_LINK. macOS starts it only on the computer that built it, or after its quarantine is removed.',
    };
  }
  const missing = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'].filter((name) => env[name] === undefined);
  if (missing.length > 0)
    return {
      settings: ['-c.forceCodeSigning=true', '-c.mac.notarize=false'],
      told: `Signed, not notarised: ${missing.join(', ')} missing. macOS will warn of it.`,
    };
  return { settings: ['-c.forceCodeSigning=true'], told: 'Signed with the certificate in CSC_LINK, and notarised.' };
}
