/** The body of a request, as far as it may be one: JSON, and never more of it in memory than a request of the contract can need. */
import type { IncomingMessage } from 'node:http';
import { SquintError } from '../../contract/errors.ts';

const bodyLimit = 1024 * 1024; // bytes; ten thousand ids take a tenth

/**
 * @returns null where it is no JSON
 * @throws {SquintError} `body-too-large`; where its length was not told, as soon as it becomes too long. What follows is not read.
 */
export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // A destroyed request could not be answered any more.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  }
}

const tooLarge = (): SquintError => new SquintError('body-too-large', `A request may have ${bodyLimit} bytes.`);
