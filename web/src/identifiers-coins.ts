/** Addresses of Bitcoin, Ethereum and TRON whose checksums are right. */
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Found, Identifier } from "./identifiers";
import { matchesApart } from "./identifiers-match";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const SIGN = "[1-9A-HJ-NP-Za-km-z]";
const NEWER = "[02-9ac-hj-np-z]{11,87}";
const ADDRESS = new RegExp(
  `(?:(?<ethereum>0x[0-9A-Fa-f]{40})|(?<tron>T${SIGN}{33})` +
    `|(?<older>[13]${SIGN}{25,34})|(?<newer>bc1${NEWER}|BC1${NEWER.toUpperCase()}))` +
    "(?![A-Za-z0-9_])",
  "g",
);
const NOT_BEHIND = /[A-Za-z0-9_]$/;
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The addresses in the line. */
export function findCoins(line: string): Found[] {
  return matchesApart(ADDRESS, line, NOT_BEHIND).flatMap((match) => {
    const identifier = identified(match[0], match.groups!);
    const end = match.index + match[0].length;
    return identifier ? [{ identifier, start: match.index, end }] : [];
  });
}

function identified(
  text: string,
  groups: Record<string, string | undefined>,
): Identifier | undefined {
  const small = text.toLowerCase();
  if (groups["ethereum"] !== undefined) {
    return isEthereum(text.slice(2)) ? { kind: "ethereum", value: small } : undefined;
  }
  if (groups["tron"] !== undefined) {
    return isBase58Address(text, [0x41]) ? { kind: "tron", value: text } : undefined;
  }
  if (groups["older"] !== undefined) {
    return isBase58Address(text, [0, 5]) ? { kind: "bitcoin", value: text } : undefined;
  }
  return isBech32Address(small) ? { kind: "bitcoin", value: small } : undefined;
}

// Even case, or EIP-55's checksum in the case of the letters.
function isEthereum(digits: string): boolean {
  const small = digits.toLowerCase();
  if (digits === small || digits === digits.toUpperCase()) return true;
  const check = bytesToHex(keccak_256(utf8ToBytes(small)));
  return Array.from(small).every((letter, place) => {
    const meant = parseInt(check[place]!, 16) >= 8 ? letter.toUpperCase() : letter;
    return digits[place] === meant;
  });
}

function isBase58Address(text: string, versions: number[]): boolean {
  let number = 0n;
  for (const letter of text) number = number * 58n + BigInt(BASE58.indexOf(letter));
  if (number >> 200n) return false;
  const digits = number.toString(16).padStart(50, "0");
  const decoded = Uint8Array.from(digits.match(/../g)!, (pair) => parseInt(pair, 16));
  const zeros = text.length - text.replace(/^1+/, "").length;
  const leading = decoded.findIndex((byte) => byte !== 0);
  const check = sha256(sha256(decoded.slice(0, 21))).slice(0, 4);
  const isChecked = check.every((byte, place) => byte === decoded[21 + place]);
  return zeros === (leading < 0 ? 25 : leading) && versions.includes(decoded[0]!) && isChecked;
}

// BIP 173 for the first version, BIP 350 for the later ones.
function isBech32Address(text: string): boolean {
  const values = Array.from(text.slice(3), (letter) => BECH32.indexOf(letter));
  const [version = 0, ...rest] = values;
  const program = rest.slice(0, -6);
  const length = Math.floor((program.length * 5) / 8);
  const spare = (program.length * 5) % 8;
  const padding = (program.at(-1) ?? 0) & ((1 << spare) - 1);
  if (version > 16 || length < 2 || length > 40 || spare >= 5 || padding !== 0) return false;
  if (version === 0 && length !== 20 && length !== 32) return false;
  return polymod([3, 3, 0, 2, 3, ...values]) === (version === 0 ? 1 : 0x2bc830a3);
}

function polymod(values: number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((generator, bit) => {
      if ((top >>> bit) & 1) check ^= generator;
    });
  }
  return check;
}
