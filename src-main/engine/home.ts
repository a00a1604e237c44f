/** Where Squint keeps what is its own: `SQUINT_HOME`, else the place that the system has for it. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function squintHome(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.SQUINT_HOME) return env.SQUINT_HOME;
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Squint');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Squint');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'squint');
}
