// The signed files that every page fetches alike when it is idle, whatever the page is for: fetching
// them tells nobody who came to look something up.

import own from "../../src/oberih/check/compiled/edition.json";
import { checkOf, type Tools, vaultOf } from "./tools";
import type { Trust } from "./trust";
import type { WatchList } from "./watchlistfile";

let coming: Promise<WatchList> | undefined;
let newer: Promise<string> | undefined;

export function pageTrust(): Trust {
  const rootKey = document.documentElement.dataset["root"] ?? "";
  return { origin: location.origin, rootKey, now: () => new Date() };
}

// Rejects when something is missing, out of date or not signed; whoever needs it tries again then.
export function signedList(tools: Tools): Promise<WatchList> {
  coming ??= vaultOf(tools).then((vault) => vault.fetchWatchList(pageTrust()));
  return coming;
}

// The text of rules newer than the page's own, by which it then judges; empty when there are none.
// Rejects when what came is refused: the page goes on with its own.
export function signedRules(tools: Tools): Promise<string> {
  newer ??= vaultOf(tools).then(async (vault) => {
    const text = (await vault.newerRules(pageTrust(), own.edition)) ?? "";
    (await checkOf(tools)).takeRules(text);
    return text;
  });
  return newer;
}
