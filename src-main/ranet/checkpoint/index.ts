/**
 * Weights out of the files that PyTorch's `torch.save` writes, as the authors' training code leaves them (`checkpoint_EEE.pth.tar`).
 *
 * Such a file is a pickle: a program that may call anything in the Python that loads it. Here it is only read (`unpickle`), from a zip
 * archive (`archive`) or the stream of PyTorch before 1.6 (`stream`); then the tensors that `state_dict` names, and no others, are taken
 * from their storages (`storage`, `tensor`, `contents`). The file is hostile until read: every size is held against the file's own.
 */
export { readCheckpoint } from './read.ts';
export type { Checkpoint } from './contents.ts';
