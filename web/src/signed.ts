// The signed files that every page fetches alike when it is idle, whatever the page is for: fetching
// them tells nobody who came to look something up.

import { type Tools, vaultOf } from "./tools";
import type { Trust } from "./trust";
import type { WatchList } from "./watchlistfile";

let coming: Promise<WatchList> | undefined;

export function pageTrust(): Trust {
  const rootKey = document.documentElement.dataset["root"] ?? "";
  return { origin: location.origin, rootKey, now: () => new Date() };
}

// Rejects when something is missing, out of date or not signed; whoever needs it tries again then.
export function signedList(tools: Tools): Promise<WatchList> {
  coming ??= vaultOf(tools).then((vault) => vault.fetchWatchList(pageTrust()));
  return coming;
}
