/**
 * The shell and the engine's process, over the channel that Node opens between a process and its child (serialization 'advanced').
 *
 *   shell -> engine   hello (first; `restore`: go back to the library's last backup before it is opened), request (any number at a time), stop
 *   engine -> shell   reply (exactly one for each request, in any order), notice, failed (it cannot work at all, then it ends)
 *
 * `seq` pairs a reply with its request. The engine ends by itself when the channel closes: then the shell is gone.
 */
import type { Reply } from '../../contract/bridge.ts';
import type { Problem } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';

export type ToEngine =
  | { readonly type: 'hello'; readonly resources: string; readonly version: string; readonly restore: boolean } // resources: the folder that holds models/
  | { readonly type: 'request'; readonly seq: number; readonly from: 'view' | 'host'; readonly name: string; readonly params: unknown }
  | { readonly type: 'stop' };

export type FromEngine =
  | { readonly type: 'reply'; readonly seq: number; readonly reply: Reply<unknown> }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'failed'; readonly problem: Problem };
