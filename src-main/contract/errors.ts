/**
 * What went wrong, in words a person can act on. `code` is for programs and never changes; `message` and `hint` are for people and may.
 * One class per kind of reaction; expected outcomes (a photo that cannot be sorted) are values, not exceptions.
 */
export class SquintError extends Error {
  override name = 'SquintError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, { hint, cause }: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** A file could not be read or written. Always names the file. */
export class FileError extends SquintError {
  override name = 'FileError';
  readonly path: string;

  constructor(path: string, code: string, message: string, more?: { hint?: string; cause?: unknown }) {
    super(code, message, more);
    this.path = path;
  }
}

/** A pack, a checkpoint or a configuration is damaged or does not fit. Nothing is made from it; photos are untouched. */
export class PackError extends SquintError {
  override name = 'PackError';
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly path?: string;
}

/** The form in which any thrown thing crosses a process border. Stacks stay in the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof SquintError) {
    const { code, message, hint } = error;
    const path = error instanceof FileError ? error.path : undefined;
    return { code, message, ...(hint !== undefined && { hint }), ...(path !== undefined && { path }) };
  }
  return {
    code: 'internal',
    message: 'Something went wrong inside Squint.',
    hint: 'Your photos were not changed. SQUINT_DEBUG=1 prints the details.',
  };
}
