// What went wrong, as a sentence that says what is kept and what to do now.

import { callLink, police } from "./calls";
import { h } from "./element";
import { t } from "./text";

// An error of delivery.ts and conversation.ts carries one of these codes.
export function troubleText(error: unknown): (string | Node)[] {
  const code = (error as { code?: unknown } | null)?.code;
  return [sentenceOf(typeof code === "string" ? code : ""), h("span", {}, police(), " ", callLink("headquarters"))];
}

export function sentenceOf(code: string): string {
  switch (code) {
    case "offline":
      return t("There is no connection. Nothing you wrote is lost: leave this page open and press again later.");
    case "full":
      return t("The mailbox is full at the moment. Nothing you wrote is lost: leave this page open and press again in an hour. If it cannot wait, call.");
    case "no-recipient":
      return t("There is no valid key to seal with, so nothing was sent. Check the date on your phone and press again; if that does not help, call.");
    case "no-root":
      return t("This page was not set up for sealing yet, so nothing was sent. Please call.");
    case "too-long":
      return t("The chat is too long to go as words. Take “Nothing of the chat” and add the saved file itself under files.");
    case "no-auditor":
      return t("No auditor is named yet, so nothing was sent. The Ombudsman takes complaints too.");
    default:
      return t("It was not accepted. Nothing you wrote is lost: leave this page open and press again. If it cannot wait, call.");
  }
}
