// Takes place, time and camera out of JPEG and PNG without touching the picture itself.

const JPEG = [0xff, 0xd8];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_KEEPS = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT"]);
const START_OF_SCAN = 0xda;

// Tells whether `stripped` knows this kind of file, by its first bytes.
export function canStrip(content: Uint8Array): boolean {
  return begins(content, JPEG) || begins(content, PNG);
}

// The same picture without what was written beside it; other kinds of file come back unchanged.
export function stripped(content: Uint8Array): Uint8Array {
  if (begins(content, JPEG)) return kept(content, jpegParts(content));
  if (begins(content, PNG)) return kept(content, pngParts(content));
  return content;
}

type Part = readonly [start: number, end: number];

// Keeps the JFIF head (APP0), the colour profile (APP2) and Adobe's colour flag (APP14).
function jpegParts(content: Uint8Array): Part[] {
  const parts: Part[] = [[0, 2]];
  let at = 2;
  while (at + 4 <= content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    if (marker === START_OF_SCAN) break;
    const end = at + 2 + ((content[at + 2] ?? 0) << 8) + (content[at + 3] ?? 0);
    const isBeside = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    if (!isBeside || marker === 0xe0 || marker === 0xe2 || marker === 0xee) parts.push([at, end]);
    at = end;
  }
  parts.push([at, content.length]);
  return parts;
}

function pngParts(content: Uint8Array): Part[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const parts: Part[] = [[0, PNG.length]];
  let at = PNG.length;
  while (at + 12 <= content.length) {
    const end = at + 12 + view.getUint32(at);
    const kind = String.fromCharCode(...content.subarray(at + 4, at + 8));
    if (PNG_KEEPS.has(kind)) parts.push([at, end]);
    at = end;
  }
  return parts;
}

function kept(content: Uint8Array, parts: readonly Part[]): Uint8Array {
  const pieces = parts.map(([start, end]) => content.subarray(start, end));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function begins(content: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => content[index] === byte);
}
