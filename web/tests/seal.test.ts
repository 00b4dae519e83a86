import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import * as suite from "cctv-age";
import { Decrypter } from "age-encryption";

import { CHUNK, chunksFor, LARGEST, sealAttachment } from "../src/attachments";
import { checkedRecipient, identityOf, openSealed, Refused, seal } from "../src/seal";
import { identityToRecipient } from "age-encryption";

const IDENTITY = identityOf(new Uint8Array(32));
const RECIPIENT = await identityToRecipient(IDENTITY);
const CLASSICAL = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

for (const size of [0, 1, 65_535, 65_536, 65_537]) {
  test(`${size} bytes come back`, async () => {
    const content = new Uint8Array(size).fill(7);

    assert.deepEqual(await openSealed(await seal(content, RECIPIENT), IDENTITY), content);
  });
}

test("only a hybrid recipient is sealed to", async () => {
  for (const text of [CLASSICAL, "", "age1pq1", RECIPIENT.toUpperCase(), `${RECIPIENT} `, RECIPIENT.slice(1)]) {
    assert.throws(() => checkedRecipient(text), Refused);
    await assert.rejects(seal(new Uint8Array(1), text));
  }
});

test("what is cut off at a chunk's border is refused", async () => {
  const sealed = await seal(new Uint8Array(2 * 65_536 + 5), RECIPIENT);
  const payload = sealed.length - (2 * 65_552 + 21);
  for (const border of [0, 1, 16, 65_551, 65_552, 65_553, 131_103, 131_104]) {
    await assert.rejects(openSealed(sealed.slice(0, payload + border), IDENTITY), Refused);
  }
});

// The vectors with hybrid identities, as c2sp.org/CCTV publishes them.
const hybrid = Object.entries(suite).map(([name, file]) => ({ name, ...read(file) }));
for (const { name, fields, content } of hybrid.filter(({ fields }) => fields["identity"]?.includes("-PQ-"))) {
  if (name.startsWith("armor")) continue;
  test(`CCTV ${name}: ${fields["expect"]}`, async () => {
    const opened = new Decrypter();
    opened.addIdentity(fields["identity"] ?? "");
    if (fields["expect"] !== "success") return assert.rejects(opened.decrypt(content));
    const hash = createHash("sha256").update(await opened.decrypt(content)).digest("hex");
    assert.equal(hash, fields["payload"]);
  });
}

test("an attachment fills whole chunks, and the desk's length and hash are in it", async () => {
  const content = new Blob(["hello"], { type: "text/plain" });

  const sealed = await sealAttachment({ content, name: "/tmp/a\u202e.txt" }, RECIPIENT);

  assert.deepEqual([sealed.chunks, sealed.size, sealed.name, sealed.type], [1, 5, "a.txt", "text/plain"]);
  const file = new Uint8Array(await sealed.sealed.arrayBuffer());
  assert.equal(file.length, CHUNK);
  assert.equal(sealed.id, createHash("sha256").update(file).digest("hex"));
  assert.equal(sealed.sha256, createHash("sha256").update("hello").digest("hex"));
  const plain = await openSealed(file, IDENTITY);
  assert.equal(new DataView(plain.buffer, plain.byteOffset).getBigUint64(0), 5n);
  assert.equal(new TextDecoder().decode(plain.slice(8, 13)), "hello");
  assert.ok(plain.slice(13).every((byte) => byte === 0));
});

test("sizes fall into classes of powers of two", () => {
  assert.equal(LARGEST, 67_090_829);
  assert.deepEqual([1, 260_429, 260_430, 12_000_000, LARGEST].map(chunksFor), [1, 1, 2, 64, 256]);
  assert.throws(() => chunksFor(0), { code: "file-empty" });
  assert.throws(() => chunksFor(LARGEST + 1), { code: "file-large" });
});

function read(file: Uint8Array): { fields: Record<string, string>; content: Uint8Array } {
  const gap = Buffer.from(file).indexOf("\n\n");
  const lines = Buffer.from(file.subarray(0, gap)).toString().split("\n");
  const fields = Object.fromEntries(lines.map((line) => line.split(": ") as [string, string]));
  const content = file.subarray(gap + 2);
  return { fields, content: fields["compressed"] ? inflateSync(content) : content };
}
