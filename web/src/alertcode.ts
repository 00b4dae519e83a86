// "Is this message really from you?": the real alert behind a code, to compare with what came.

import { listedAlerts } from "./alertlist";
import { NoteRefused, type Document } from "./notes";
import { published, type Trust } from "./trust";

export interface RealAlert {
  headline: string;
  text: string;
  advice: string;
  isOver: boolean;
}

const OVER: RealAlert = { headline: "", text: "", advice: "", isOver: true };

type Texts = Readonly<Record<string, { headline: string; text: string; advice?: string }>>;

// The code as it is printed: letters a-z and digits 2-7; what is easily misread is read kindly.
export function codeOf(typed: string): string {
  return typed.toLowerCase().replace(/[^a-z0-9]/g, "").replace(/0/g, "o").replace(/1/g, "l").replace(/8/g, "b");
}

// The alert of the signed list with this code; null when the list has none. Throws when unsigned.
export async function realAlert(trust: Trust, typed: string, language: string): Promise<RealAlert | null> {
  const code = codeOf(typed);
  const line = (await listedAlerts(trust)).find(({ id }) => id === code);
  if (!line) return null;
  if (line.status !== "actual") return OVER;
  const document = await inForce(trust, line.path);
  if (!document) return OVER;
  const texts = (document.body as { texts: Texts }).texts;
  const words = texts[language] ?? texts["uk"];
  if (!words) return null;
  return { headline: words.headline, text: words.text, advice: words.advice ?? "", isOver: false };
}

async function inForce(trust: Trust, path: string): Promise<Document | null> {
  try {
    return await published(trust, "alerts", path);
  } catch (error) {
    if (error instanceof NoteRefused && error.code === "expired") return null;
    throw error;
  }
}
