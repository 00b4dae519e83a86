/** Addresses of Bitcoin, Ethereum and TRON whose checksums are right. */
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { base58, bech32, bech32m } from "@scure/base";
import type { Found, Identifier } from "./identifiers";
import { matchesApart } from "./identifiers-match";

const SIGN = "[1-9A-HJ-NP-Za-km-z]";
const NEWER = "[02-9ac-hj-np-z]{11,87}";
const ADDRESS = new RegExp(
  `(?:(?<ethereum>0x[0-9A-Fa-f]{40})|(?<tron>T${SIGN}{33})` +
    `|(?<older>[13]${SIGN}{25,34})|(?<newer>bc1${NEWER}|BC1${NEWER.toUpperCase()}))` +
    "(?![A-Za-z0-9_])",
  "g",
);
const NOT_BEHIND = /[A-Za-z0-9_]$/;

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

// 21 bytes with one of the version bytes, and the first bytes of their hash.
function isBase58Address(text: string, versions: number[]): boolean {
  const decoded = base58.decode(text);
  const check = sha256(sha256(decoded.slice(0, 21))).slice(0, 4);
  const isChecked = check.every((byte, place) => byte === decoded[21 + place]);
  return decoded.length === 25 && versions.includes(decoded[0]!) && isChecked;
}

// BIP 173 for the first version, BIP 350 for the later ones.
function isBech32Address(text: string): boolean {
  const isFirst = text[3] === "q";
  const code = isFirst ? bech32 : bech32m;
  const [version = 0, ...letters] = code.decodeUnsafe(text)?.words ?? [];
  const length = code.fromWordsUnsafe(letters)?.length ?? 0;
  if (version > 16 || length < 2 || length > 40) return false;
  return !isFirst || length === 20 || length === 32;
}
