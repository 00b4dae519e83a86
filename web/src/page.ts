// The first script of every page: the way out, links without history, then everything else idle.

import { armExit } from "./exit";
import { replaceHistory } from "./links";
import { load, loadEverything, registerWorker, startWorker } from "./loader";

const root = document.documentElement;

armExit();
replaceHistory();
void forgetWorkers();
if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle);

function whenIdle(): void {
  const soon = window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 50));
  soon(() => void bringToLife());
}

async function bringToLife(): Promise<void> {
  const ui = await load<typeof import("./uibundle")>("ui.js");
  const text = await load<{ default: Record<string, string> }>(`text-${root.lang}.js`);
  await loadEverything(root.lang);
  await ui.begin({ load, registerWorker, startWorker, sentences: text.default });
  root.dataset["ready"] = "";
}

// "Leave and forget" also takes away what an earlier visit may have registered.
async function forgetWorkers(): Promise<void> {
  if (root.dataset["page"] !== "leave" || !("serviceWorker" in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    await (await registration.pushManager?.getSubscription())?.unsubscribe();
    await registration.unregister();
  }
}
