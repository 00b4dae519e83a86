// Warnings by SMS, or a daily reminder: the wish goes sealed, from a mailbox that belongs to no case.

import type { Draft } from "./bodies";
import { at, h, hide, show } from "./element";
import { contextOf, vaultOf, type Tools } from "./tools";
import { troubleText } from "./trouble";

export function noticesPage(tools: Tools): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-wish]")) {
    button.disabled = false;
    button.addEventListener("click", () => void send(button));
  }

  async function send(button: HTMLButtonElement): Promise<void> {
    hide(at("trouble"));
    button.disabled = true;
    try {
      const wish = button.dataset["wish"] ?? "";
      const text = await wishOf(tools, wish);
      if (!text) return;
      const vault = await vaultOf(tools);
      await (await vault.prepare(draftOf(text, wish), await contextOf(tools))).deliver(() => undefined);
      at("wished").hidden = false;
    } catch (error) {
      show(at("trouble"), ...troubleText(error).map((one) => h("p", {}, one)));
    } finally {
      button.disabled = false;
    }
  }
}

async function wishOf(tools: Tools, wish: string): Promise<string> {
  const asked = { SMS: ["number", "free"], PUSH: ["free-push"] }[wish] ?? ["number"];
  if (!asked.every((id) => at<HTMLInputElement>(id).reportValidity())) return "";
  return `${wish} ${wish === "PUSH" ? await pushAddress(tools) : at<HTMLInputElement>("number").value}`;
}

// The browser asks her, and then its maker's push service, for an address.
async function pushAddress(tools: Tools): Promise<string> {
  const registration = await tools.registerWorker("worker.js");
  const key = at("push").dataset["key"] ?? "";
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = (await registration.pushManager.subscribe(options)).toJSON();
  return JSON.stringify({ auth: keys?.["auth"], endpoint, p256dh: keys?.["p256dh"] });
}

function draftOf(text: string, wish: string): Draft {
  return {
    kind: "subscribe",
    text,
    language: document.documentElement.lang as Draft["language"],
    region: at<HTMLSelectElement>("where").value,
    under18: false,
    notAlone: true,
    chat: null,
    answers: { "not-occupied": at<HTMLInputElement>(wish === "PUSH" ? "free-push" : "free").checked },
    files: [],
    strip: false,
  };
}
