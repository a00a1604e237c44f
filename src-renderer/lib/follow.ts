/** What the engine and the host tell a person without being asked: shown where they look. */
import { type App } from './app.ts';
import { showAdded } from './adding.ts';
import { openSort, takeUpOperations, tellEnd } from './operate.ts';

export function follow(app: App): void {
  const { client, library, photos, screen, toasts } = app;
  client.onNotice((notice) => {
    switch (notice.type) {
      case 'told':
        toasts.add({
          message: notice.message,
          ...(notice.problem?.hint !== undefined && { hint: notice.problem.hint }),
          tone: notice.problem ? 'problem' : 'plain',
        });
        break;
      case 'show':
        void showAdded(app, notice.added);
        break;
      case 'open':
        if (notice.what === 'settings') screen.view = 'settings';
        else if (notice.what === 'sort') {
          if (library.roots.length > 0) openSort(app);
        } else screen.over = notice.what;
        break;
      case 'operation':
        tellEnd(app, notice.progress.operation);
        break;
      case 'restarted':
        toasts.add({
          message: 'The part of Squint that sorts ended and was started again.',
          hint: 'Your photos and results are as they were.',
        });
        toasts.attempt(library.load().then(() => photos.read()));
        toasts.attempt(takeUpOperations(app));
        break;
      default: // lists and counts: library and photos follow these
        break;
    }
  });
}
