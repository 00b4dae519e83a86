/**
 * The client of RFC 9497, ristretto255-SHA512: a question goes out blinded, the answer counts only
 * with the proof that the published key made it (mode 1).
 */
import { ristretto255, ristretto255_oprf } from "@noble/curves/ed25519.js";

/** A question: `element` goes to the server, the rest stays here. */
export interface Blinded {
  question: Uint8Array;
  blind: Uint8Array;
  element: Uint8Array;
}

/** The server's answer to a batch, with one proof of 64 bytes for all of it. */
export interface Evaluation {
  elements: readonly Uint8Array[];
  proof: Uint8Array;
}

/** The answer was not made with the published key, or is no answer at all. */
export class WrongProof extends Error {}

const { voprf } = ristretto255_oprf;
const IDENTITY = ristretto255.Point.ZERO.toBytes();

/** The question under a fresh blind, so that it looks like any other. */
export function blind(question: Uint8Array): Blinded {
  const { blind: factor, blinded } = voprf.blind(question);
  return { question, blind: factor, element: blinded };
}

/** The 64 bytes of each answer; throws WrongProof when anything about them is wrong. */
export function finalize(
  batch: readonly Blinded[],
  evaluation: Evaluation,
  publicKey: Uint8Array,
): Uint8Array[] {
  const { elements, proof } = evaluation;
  if (batch.length === 0 || batch.length !== elements.length) throw new WrongProof();
  if ([...elements, publicKey].some(isIdentity)) throw new WrongProof();
  const items = batch.map(({ question, blind: factor, element }, place) => ({
    input: question,
    blind: factor,
    blinded: element,
    evaluated: elements[place]!,
  }));
  try {
    return voprf.finalizeBatch(items, publicKey, proof);
  } catch {
    throw new WrongProof();
  }
}

/** Asks and answers itself once, so that her own first question finds its way prepared. */
export function rehearse(): void {
  const keys = voprf.generateKeyPair();
  const asked = blind(crypto.getRandomValues(new Uint8Array(32)));
  const { evaluated, proof } = voprf.blindEvaluate(keys.secretKey, keys.publicKey, asked.element);
  finalize([asked], { elements: [evaluated], proof }, keys.publicKey);
}

function isIdentity(encoded: Uint8Array): boolean {
  return encoded.every((byte, place) => byte === IDENTITY[place]);
}
