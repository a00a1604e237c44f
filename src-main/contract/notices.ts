/** What the engine tells without being asked, to every view. Typed here; not checked again in the page, which trusts its engine. */
import type { Problem } from './errors.ts';
import type { Added, Counts, Root, Row, RunState, Settings } from './library.ts';
import type { OperationProgress } from './operations.ts';

export type Notice =
  | { readonly type: 'roots'; readonly roots: readonly Root[] }
  | { readonly type: 'added'; readonly ids: readonly number[] } // new photos in the order `added`, in lots
  | { readonly type: 'removed'; readonly ids: readonly number[] | null } // null: so many that lists are to be read anew
  | { readonly type: 'rows'; readonly rows: readonly Row[] } // changed photos, at most 20 notices a second
  | { readonly type: 'changed' } // so many rows changed (another policy) that what is shown is to be read anew
  | { readonly type: 'counts'; readonly counts: Counts } // at most 4 a second
  | { readonly type: 'run'; readonly run: RunState } // at most 4 a second
  | { readonly type: 'operation'; readonly progress: OperationProgress } // at most 4 a second, and once when it has ended
  | { readonly type: 'thumbs'; readonly thumbs: readonly { readonly id: number; readonly level: 'preview' | 'thumb' }[] } // their files are there
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'show'; readonly added: Added } // the host was given folders or files: show them
  | { readonly type: 'open'; readonly what: 'settings' | 'keys' | 'about' | 'sort' } // chosen in the system's menu
  | { readonly type: 'restarted' } // the engine ended and was started again: everything shown is to be read anew
  | { readonly type: 'told'; readonly message: string; readonly problem: Problem | null }; // for people
