import { describe, expect, it } from 'vitest';
import { hindranceOf } from '../../../build/cannot-start.ts';

describe('why the window cannot open', () => {
  it('is the sandbox where the system keeps user namespaces from programs, with the remedy for this binary', () => {
    const said =
      '[1:1/FATAL:content/browser/zygote_host/zygote_host_impl_linux.cc:132] No usable sandbox! If you are running on Ubuntu 23.10+ or another Linux distro that has disabled unprivileged user namespaces with AppArmor, see …';
    expect(hindranceOf(said, '/a/dist/electron')).toEqual({
      why: 'this system keeps programs from user namespaces, which the sandbox of the page needs',
      remedy:
        "Once: sudo chown root:root '/a/dist/chrome-sandbox' && sudo chmod 4755 '/a/dist/chrome-sandbox'. Squint's .deb package sets this up by itself.",
    });
  });

  it('is root where root started it, although that speaks of a sandbox too', () => {
    expect(hindranceOf('Running as root without --no-sandbox is not supported. See https://crbug.com/638180.', 'e')).toEqual({
      why: 'Electron does not run as root',
      remedy: 'Start Squint as an ordinary user.',
    });
  });

  it('is the library that is missing, by name', () => {
    const said = 'electron: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory';
    expect(hindranceOf(said, 'e').why).toBe('the library libnss3.so is missing');
  });

  it('is the display that is not there', () => {
    expect(hindranceOf('Missing X server or $DISPLAY\nThe platform failed to initialize.  Exiting.', 'e').why).toBe(
      'there is no display here',
    );
  });

  it('is what Electron said last where nothing is known of it', () => {
    expect(hindranceOf('a\nthe last word\n', 'e')).toEqual({ why: 'Electron ended at once (the last word)', remedy: null });
    expect(hindranceOf('', 'e')).toEqual({ why: 'Electron ended at once', remedy: null });
  });
});
