// A complaint about the desk: sealed to the auditor before it is sealed to the desk. The twin of
// crypto/complaint.py.

import { type Body, emptyBody } from "./bodies";
import { utf8 } from "./bytes";
import { Trouble } from "./mailbox";
import { seal } from "./seal";

const PADDED = 6_144;
const NEWLINE = 10;

interface From {
  mailbox: string;
  language: Body["language"];
}

// Always of one length; inside stands the mailbox, so that the auditor can find who answered.
export async function complaintBody(text: string, { mailbox, language }: From, auditor: string): Promise<Body> {
  if (auditor === "") throw new Trouble("no-auditor");
  const plain = utf8(`oberih/1/complaint\n${mailbox}\n\n${text}\n`);
  if (plain.length > PADDED) throw new Trouble("long-complaint");
  const padded = new Uint8Array(PADDED).fill(NEWLINE);
  padded.set(plain);
  const sealed = await seal(padded, auditor);
  return { ...emptyBody("complaint", language), text: btoa(String.fromCharCode(...sealed)) };
}
