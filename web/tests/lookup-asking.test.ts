import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../vectors/lookup.json";
import { bucketName, bucketOf, type Cut, namesOf, openBucket } from "../src/buckets";
import { fromHex } from "../src/bytes";
import type { Identifier, Kind } from "../src/identifiers";
import { identifiersIn, lookUp, NotChecked } from "../src/lookup";
import { fetchNumbers, verifyNumbers } from "../src/numbers";
import { NotAWatchList } from "../src/watchlist";
import { evaluated, note, NOW, place } from "./lookupserver";

const { buckets } = vectors;
const CUT: Cut = { bits: buckets.cut.bits, salt: fromHex(buckets.salt), size: buckets.cut.size, root: buckets.cut.root };
const EVALUATE = "/api/lookup/evaluate";
const LISTED: Identifier = { kind: "phone", value: "+380500000001" };
const CHALLENGE = { challenge: "08" + "ab".repeat(31) };

function identifierOf(text: string): Identifier {
  const colon = text.indexOf(":");
  return { kind: text.slice(0, colon) as Kind, value: text.slice(colon + 1) };
}

async function refused(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof NotChecked);
  return error.code;
}

test("every committed identifier is in its committed bucket", () => {
  for (const [text, bucket] of Object.entries(buckets.of)) {
    assert.equal(bucketOf(identifierOf(text), { ...CUT, bits: buckets.bits }), bucket);
  }
});

test("all names of a telephone line are in one bucket", () => {
  const account: Identifier = { kind: "whatsapp", value: LISTED.value };

  assert.deepEqual(namesOf(account), [account, LISTED]);
  assert.equal(bucketOf(account, { ...CUT, bits: 16 }), bucketOf(LISTED, { ...CUT, bits: 16 }));
});

test("the committed bucket opens, and no other file does", () => {
  const file = fromHex(buckets.cut.file);
  const changed = Uint8Array.from(file);
  changed[0]! ^= 1;

  assert.equal(openBucket(file, buckets.cut.bucket, CUT).length, CUT.size);
  assert.equal(`watch-list/7/${bucketName(buckets.cut.bucket, CUT)}`, buckets.cut.path);
  for (const [bad, at] of [[changed, buckets.cut.bucket], [file.slice(1), buckets.cut.bucket], [file, buckets.cut.bucket ^ 1]] as const) {
    assert.throws(() => openBucket(bad, at, CUT), NotAWatchList);
  }
});

test("a listed number is reported after one part and one question of 133 bytes", async () => {
  const here = place();

  const { rows, sent, parts } = await lookUp(here.trust, undefined, [LISTED]);

  assert.deepEqual(rows, [{ identifier: LISTED, answer: "reported", tactics: ["P1"], name: "" }]);
  assert.deepEqual([sent, parts], [4, 1]);
  const bodies = here.asked.filter(({ path }) => path === EVALUATE).map(({ body }) => body.length);
  assert.deepEqual(bodies, [133]);
});

test("what the signed numbers name is official whatever a list says, its accounts too", async () => {
  const here = place({ "phone:+380500000001": "Бюро" });
  const account: Identifier = { kind: "viber", value: LISTED.value };

  const { rows } = await lookUp(here.trust, undefined, [LISTED, account]);

  assert.deepEqual(rows.map(({ answer, name }) => [answer, name]), [["official", "Бюро"], ["official", "Бюро"]]);
});

test("without the signed numbers nothing is answered", async () => {
  const here = place();
  here.published.delete("numbers.note");

  assert.equal(await refused(lookUp(here.trust, undefined, [LISTED])), "away");
});

for (const days of [-11, 11]) {
  test(`a clock that is ${days} days off is named`, async () => {
    const here = place({}, new Date(NOW.getTime() + days * 86_400_000));

    assert.equal(await refused(lookUp(here.trust, undefined, [LISTED])), "clock");
  });
}

test("an answer by another key, a shorter one and a slow server are no answer", async () => {
  const wrong: ((body: Uint8Array) => Response | Promise<Response>)[] = [
    (body) => new Response(evaluated(body, new Uint8Array(32).fill(9))),
    (body) => new Response(evaluated(body).slice(1)),
    () => Promise.reject(new DOMException("slow", "TimeoutError")),
    () => new Response("{}", { status: 503 }),
    () => new Response("<html>hotel</html>"),
  ];
  for (const answer of wrong) {
    const here = place();
    here.answers.set(EVALUATE, answer);

    assert.equal(await refused(lookUp(here.trust, undefined, [LISTED])), "away");
  }
});

test("a puzzle is solved and asked once more; a second one is no answer", async () => {
  const here = place();
  let times = 0;
  here.answers.set(EVALUATE, (body) => {
    times += 1;
    return times === 1 ? Response.json(CHALLENGE, { status: 429 }) : new Response(evaluated(body));
  });
  const { rows } = await lookUp(here.trust, undefined, [LISTED]);
  assert.equal(rows[0]!.answer, "reported");
  assert.deepEqual(here.asked.filter(({ path }) => path === EVALUATE).map(({ body }) => body.length), [133, 173]);

  here.answers.set(EVALUATE, () => Response.json(CHALLENGE, { status: 429 }));
  assert.equal(await refused(lookUp(here.trust, undefined, [LISTED])), "away");
});

test("a key that is over makes the list be fetched anew, once", async () => {
  const here = place();
  const { list } = await lookUp(here.trust, undefined, [LISTED]);
  const before = here.asked.filter(({ path }) => path.endsWith("watch-list.note")).length;
  here.answers.set(EVALUATE, () => new Response("{}", { status: 409 }));

  assert.equal(await refused(lookUp(here.trust, list, [LISTED])), "away");
  assert.equal(here.asked.filter(({ path }) => path.endsWith("watch-list.note")).length, before + 1);
});

test("ten thousand numbers are ten questions and a remainder; a name is none", () => {
  const pasted = Array.from({ length: 10_000 }, (_none, at) => `+38050${String(at).padStart(7, "0")}`).join("\n");

  assert.equal(identifiersIn(pasted).identifiers.length, 10);
  assert.ok(identifiersIn(pasted).left > 1000);
  assert.deepEqual(identifiersIn("Іван Петренко @i").identifiers, []);
});

test("numbers that the signed file does not print as shown are refused", async () => {
  const here = place();
  const groups = [{ entries: [{ name: { uk: "Бюро" }, lines: [{ dial: "1648", shown: "16-48" }] }] }];
  here.published.set("numbers.note", note("numbers", { groups }));
  const signed = await fetchNumbers(here.trust);

  verifyNumbers(signed, "uk", [["Бюро", "tel:1648 16-48"]]);
  for (const [name, line] of [["Бюро", "tel:1649 16-48"], ["Інше", "tel:1648 16-48"], ["Бюро", "tel:1648 16-49"]] as const) {
    assert.throws(() => verifyNumbers(signed, "uk", [[name, line]]));
  }
});
