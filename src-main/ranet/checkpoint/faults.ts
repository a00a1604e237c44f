/** What can be wrong with a checkpoint, in four kinds, and how things of unknown origin are named in a sentence. */
import { PackError } from '../../contract/errors.ts';

/** The file is none that torch.save wrote. */
export const unknown = (message: string): PackError =>
  new PackError('checkpoint-unknown', message, {
    hint: 'Give the file that the training wrote with torch.save, such as save_models/model_best.pth.tar.',
  });

/** The file is cut off or altered. */
export const damaged = (message: string, cause?: unknown): PackError =>
  new PackError('checkpoint-damaged', message, { hint: 'Copy the file again, or save it again with torch.save.', cause });

/** The file is sound but holds something else than weights. */
export const unfit = (message: string): PackError =>
  new PackError('checkpoint-unfit', message, {
    hint: "Save the weights alone: torch.save({'state_dict': model.state_dict()}, 'weights.pth.tar').",
  });

/** The file asks for more work or memory than weights of its size can need. */
export const excessive = (message: string): PackError =>
  new PackError('checkpoint-excessive', message, {
    hint: 'It is damaged or was made to do harm. Take the file from where it was trained.',
  });

/** A name out of the file, quoted, on one line and no longer than a sentence bears. */
export const shown = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
