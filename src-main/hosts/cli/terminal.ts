/** What the terminal can: how wide it is, whether it shows colour and block characters, whether a person watches. */
import picocolors from 'picocolors';

export interface Terminal {
  readonly width: number; // columns, at this moment
  readonly colours: ReturnType<typeof picocolors.createColors>;
  readonly unicode: boolean;
  readonly watched: boolean; // a bar that moves makes sense
}

const widthOfPipes = 80;
const narrowest = 30;

/** What of a stream tells: a pipe has neither, whatever the type of process.stdout says. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** NO_COLOR and FORCE_COLOR are respected (no-color.org). */
export function terminalOf(stream: Screen, env: NodeJS.ProcessEnv = process.env): Terminal {
  const watched = stream.isTTY === true && env.TERM !== 'dumb';
  const colour = !env.NO_COLOR && (env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : watched);
  return {
    get width() {
      return Math.max(narrowest, (stream.isTTY && stream.columns) || widthOfPipes); // some terminals say 0
    },
    colours: picocolors.createColors(colour),
    unicode: env.TERM !== 'dumb' && env.TERM !== 'linux',
    watched,
  };
}
