// Brings the page that is open to life; nothing here runs before the text can be read.

import { checkPage } from "./checkpage";
import { conversationPage } from "./conversationpage";
import { lookupPage } from "./lookuppage";
import { noticesPage } from "./noticespage";
import { numbersPage } from "./numberspage";
import { reportPage } from "./reportpage";
import { pageTrust, signedList, signedRules } from "./signed";
import { speak } from "./text";
import { type Tools, vaultOf } from "./tools";
import { warningsPage } from "./warningspage";

const PAGES: Readonly<Record<string, (tools: Tools) => unknown>> = {
  check: checkPage,
  conversation: conversationPage,
  lookup: lookupPage,
  notices: noticesPage,
  numbers: numbersPage,
  report: reportPage,
  warnings: warningsPage,
};

// Returns when the signed files that every page fetches are here, or known to be missing.
export async function begin(tools: Tools): Promise<void> {
  speak(tools.sentences);
  PAGES[document.documentElement.dataset["page"] ?? ""]?.(tools);
  const warnings = vaultOf(tools).then((vault) => vault.listedAlerts(pageTrust()));
  await Promise.allSettled([signedList(tools), warnings, signedRules(tools)]);
}
