import assert from "node:assert/strict";
import { test } from "node:test";

import sealed from "../../vectors/envelopes.json";
import vectors from "../../vectors/messages.json";
import uk from "../../src/oberih/crypto/words/uk.txt";
import type { Body } from "../src/bodies";
import { fromHex, utf8 } from "../src/bytes";
import { textOf, type Bytes } from "../src/digest";
import { CAPACITY, openEnvelope, readHeader, sealEnvelope, SIZE } from "../src/envelope";
import { openMarker, sealMarker } from "../src/marker";
import { parseReply, signReport, type Place } from "../src/message";
import { receiptOf } from "../src/receipt";
import { Refused } from "../src/seal";

const { keys } = await receiptOf(fromHex(vectors.ikm), { words: uk.trim().split("\n") });
const HEADER = { direction: "report", epoch: 2967, mailbox: keys.mailbox } as const;

for (const [number, vector] of vectors.reports.entries()) {
  test(`report ${number} is signed byte for byte as in Python`, async () => {
    const signed = await signReport(vector.place as Place, vector.body as unknown as Body, keys);

    assert.equal(textOf(signed.inner), vector.inner);
    assert.equal(signed.digest, vector.digest);
  });
}

for (const [number, vector] of vectors.replies.entries()) {
  test(`reply ${number} is read as in Python`, async () => {
    const reply = await parseReply(utf8(vector.inner), keys.mac);

    assert.deepEqual(reply.body, vector.body);
    assert.equal(reply.digest, vector.digest);
  });
}

for (const { why, inner } of vectors.refused_replies) {
  test(`a reply is refused: ${why}`, async () => {
    await assert.rejects(parseReply(utf8(inner), keys.mac), Refused);
  });
}

test("the published reply opens", async () => {
  const inner = await openEnvelope(fromBase64(sealed.reply.envelope), keys.identity);

  assert.equal(textOf(inner), sealed.reply.inner);
});

test("the published report opens for the desk, its marker for her", async () => {
  const envelope = fromBase64(sealed.report.envelope);

  assert.equal(textOf(await openEnvelope(envelope, sealed.desk)), sealed.report.inner);
  assert.deepEqual(await openMarker(envelope, keys.marker), { sequence: 1, digest: sealed.report.digest });
});

test("every text gives one length", async () => {
  const message = utf8(vectors.reports[0]?.inner ?? "");
  for (const inner of [message, utf8(""), new Uint8Array(CAPACITY)]) {
    assert.equal((await sealEnvelope(inner, HEADER, keys.recipient)).length, SIZE);
  }
  await assert.rejects(sealEnvelope(new Uint8Array(CAPACITY + 1), HEADER, keys.recipient));
});

test("a flipped bit anywhere in a reply is refused", async () => {
  const envelope = fromBase64(sealed.reply.envelope);
  for (const place of [0, 6, 7, 8, 12, 43, 44, 107, 108, 200, 1_700, 1_767, 1_800, SIZE - 1]) {
    const changed = new Uint8Array(envelope);
    changed[place] = (changed[place] ?? 0) ^ 1;
    await assert.rejects(openEnvelope(changed, keys.identity), Refused, `byte ${place}`);
  }
});

test("another length is refused", () => {
  assert.throws(() => readHeader(fromBase64(sealed.reply.envelope).slice(0, SIZE - 1)), Refused);
});

test("a marker opens with her words alone, under its own head", async () => {
  const marker = await sealMarker({ sequence: 7, digest: "ab".repeat(32) }, keys.marker, HEADER);
  const envelope = await sealEnvelope(utf8(""), { ...HEADER, marker }, keys.recipient);
  const moved = new Uint8Array(envelope);
  moved[12] = (moved[12] ?? 0) ^ 1;

  assert.deepEqual(await openMarker(envelope, keys.marker), { sequence: 7, digest: "ab".repeat(32) });
  await assert.rejects(openMarker(envelope, keys.mac), Refused);
  await assert.rejects(openMarker(moved, keys.marker), Refused);
});

function fromBase64(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, "base64"));
}
