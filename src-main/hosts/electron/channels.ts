/** The names under which the page's bridge and the shell speak to each other; there are no others. */
export const channels = {
  request: 'squint:request', // name, params -> Reply
  dropped: 'squint:dropped', // paths of files that were dropped -> Reply<Added>
  notice: 'squint:notice', // Notice
} as const;
