// The other implementation of age (npm age-encryption): `node peer.mjs seal|open KEY < in > out`.

import { readFileSync, writeFileSync } from "node:fs";
import { Decrypter, Encrypter } from "age-encryption";

const [, , act, key] = process.argv;
const given = new Uint8Array(readFileSync(0));
const worker = act === "seal" ? new Encrypter() : new Decrypter();
if (act === "seal") worker.addRecipient(key);
else worker.addIdentity(key);
writeFileSync(1, act === "seal" ? await worker.encrypt(given) : await worker.decrypt(given));
