import assert from "node:assert/strict";
import test from "node:test";

import { canStrip, stripped } from "../src/strip";

const text = (words: string): number[] => [...new TextEncoder().encode(words)];
const segment = (marker: number, body: number[]): number[] => [
  0xff,
  marker,
  0,
  body.length + 2,
  ...body,
];
const chunk = (kind: string, body: number[]): number[] => [
  0,
  0,
  0,
  body.length,
  ...text(kind),
  ...body,
  0,
  0,
  0,
  0,
];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

test("a photo loses its place and keeps its picture", () => {
  const picture = [...segment(0xdb, [1, 2]), ...segment(0xda, [3]), 9, 0xff, 0xe1, 8, 0xff, 0xd9];
  const photo = [0xff, 0xd8, ...segment(0xe1, text("Exif GPS 50.45")), ...picture];

  assert.deepEqual([...stripped(new Uint8Array(photo))], [0xff, 0xd8, ...picture]);
});

test("a screenshot loses its words and time and keeps its picture", () => {
  const beside = [...chunk("tEXt", text("Author")), ...chunk("eXIf", [1]), ...chunk("tIME", [2])];
  const screenshot = [...PNG, ...chunk("IHDR", [1]), ...beside, ...chunk("IDAT", [7]), ...chunk("IEND", [])];

  assert.deepEqual(
    [...stripped(new Uint8Array(screenshot))],
    [...PNG, ...chunk("IHDR", [1]), ...chunk("IDAT", [7]), ...chunk("IEND", [])],
  );
});

test("another kind of file comes back as it was and says so", () => {
  const voice = new Uint8Array(text("OggS something"));

  assert.equal(canStrip(voice), false);
  assert.deepEqual(stripped(voice), voice);
});

test("a photo cut off in the middle does not break", () => {
  const cut = new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0x40, 0x00, 1, 2]);

  assert.ok(stripped(cut).length <= cut.length);
});
