/** Notices to pages, as server-sent events (WHATWG HTML 9.2): one line of JSON each, in order. */
import type { ServerResponse } from 'node:http';
import type { Notice } from '../../contract/notices.ts';

const backlog = 8 * 1024 * 1024; // bytes that a page may be behind before it is cut off; it comes back by itself and reads anew

export class Notices {
  readonly #pages = new Set<ServerResponse>();

  add(page: ServerResponse): void {
    page.writeHead(200, { 'content-type': 'text/event-stream' });
    page.write(':\n\n'); // the connection is open
    this.#pages.add(page);
    page.on('close', () => this.#pages.delete(page));
  }

  tell(notice: Notice): void {
    const event = `data: ${JSON.stringify(notice)}\n\n`;
    for (const page of this.#pages) {
      if (page.writableLength > backlog) page.destroy();
      else page.write(event);
    }
  }

  close(): void {
    for (const page of this.#pages) page.destroy();
  }
}
