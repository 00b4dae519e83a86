// What page.ts gives to the rest: the loader and the sentences of the page's language.

import type { Context } from "./delivery";

export interface Tools {
  load<Module>(name: string): Promise<Module>;
  startWorker(name: string): Worker;
  registerWorker(name: string): Promise<ServiceWorkerRegistration>;
  sentences: Readonly<Record<string, string>>;
}

export type Vault = typeof import("./vaultbundle");
export type Check = typeof import("./checkbundle");
export type Second = typeof import("./secondbundle");

// The heavy modules, fetched on every page alike before anyone needs them.
export function vaultOf(tools: Tools): Promise<Vault> {
  return tools.load<Vault>("vault.js");
}

export function checkOf(tools: Tools): Promise<Check> {
  return tools.load<Check>("check.js");
}

// The list that belongs to the alphabet of what was typed, or to the page's language.
export async function wordsOf(tools: Tools, typed = ""): Promise<WordChoice> {
  const page = document.documentElement.lang === "en" ? "en" : "uk";
  const language = /[а-яіїєґ]/iu.test(typed) ? "uk" : /[a-z]/i.test(typed) ? "en" : page;
  const module = await tools.load<{ default: string }>(`words-${language}.js`);
  return { language, words: module.default.split(" ") };
}

export interface WordChoice {
  language: "uk" | "en";
  words: readonly string[];
}

// The operator's root key stands in the HTML; everything else that is trusted follows from it.
export async function contextOf(tools: Tools, typed = ""): Promise<Context> {
  const { language, words } = await wordsOf(tools, typed);
  const rootKey = document.documentElement.dataset["root"] ?? "";
  return { origin: location.origin, rootKey, words, language, now: () => new Date() };
}
