// The second reader's file, fetched once from where this page came from; it asks nothing of what she wrote.

import { toHex } from "./bytes";
import { sha256 } from "./digest";

// What the build wrote down of the file; `size` is in bytes before compression.
declare const SECOND: Readonly<{ file: string; sha256: string; size: number }>;

// What came is not the file that belongs to this page.
export class WrongFile extends Error {}

// The verified file; `tell` hears which share of it is here. Throws WrongFile, or TypeError without a network.
export async function fetchSecond(tell: (share: number) => void, signal: AbortSignal): Promise<ArrayBuffer> {
  const address = new URL(SECOND.file, import.meta.url);
  const answer = await fetch(address, { credentials: "omit", signal });
  if (!answer.ok || !answer.body) throw new TypeError("no file");
  const content = await filled(answer.body, tell);
  if (toHex(await sha256(content)) !== SECOND.sha256) throw new WrongFile();
  return content.buffer;
}

async function filled(
  body: ReadableStream<Uint8Array<ArrayBuffer>>, tell: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(SECOND.size);
  const reader = body.getReader();
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (at + part.value.length > SECOND.size) throw new WrongFile();
    content.set(part.value, at);
    at += part.value.length;
    tell(at / SECOND.size);
  }
  return content;
}
