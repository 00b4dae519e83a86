// Brings the page that is open to life; nothing here runs before the text can be read.

import { checkPage } from "./checkpage";
import { conversationPage } from "./conversationpage";
import { lookupPage } from "./lookuppage";
import { reportPage } from "./reportpage";
import { speak } from "./text";
import type { Tools } from "./tools";
import { warningsPage } from "./warningspage";

const PAGES: Readonly<Record<string, (tools: Tools) => void>> = {
  check: checkPage,
  conversation: conversationPage,
  lookup: lookupPage,
  report: reportPage,
  warnings: warningsPage,
};

export function begin(tools: Tools): void {
  speak(tools.sentences);
  PAGES[document.documentElement.dataset["page"] ?? ""]?.(tools);
}
