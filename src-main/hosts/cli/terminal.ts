/** What the terminal can: how wide it is, whether it shows colour and block characters, whether a person watches. */
import picocolors from 'picocolors';

export interface Terminal {
  readonly width: number; // columns
  readonly colours: ReturnType<typeof picocolors.createColors>;
  readonly unicode: boolean;
  readonly watched: boolean; // a bar that moves makes sense
}

const widthOfPipes = 80;

/** NO_COLOR and FORCE_COLOR are respected (no-color.org). */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const watched = stream.isTTY && env.TERM !== 'dumb';
  const colour = !env.NO_COLOR && (env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : watched);
  return {
    width: stream.isTTY ? stream.columns : widthOfPipes,
    colours: picocolors.createColors(colour),
    unicode: env.TERM !== 'dumb' && env.TERM !== 'linux',
    watched,
  };
}
