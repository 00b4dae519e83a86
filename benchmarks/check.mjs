// `build FOLDER` bundles the page's check with a stopwatch; `run FOLDER` times it over chat.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const STOPWATCH = `
import { assess, ownRules } from "./check";
import { readSecond } from "./second";
import { warming } from "./warm";
const AGAIN = 8;
// The first time is that of a page that never judged anything, or of one that was prepared.
export function measure({ chat, prepare }) {
  if (prepare) for (const _ of warming());
  return Array.from({ length: 1 + AGAIN }, () => {
    const began = performance.now();
    assess({ messages: chat });
    return performance.now() - began;
  });
}
// What one text takes the second reader, in each of several rounds.
export async function reading({ texts }) {
  const second = readSecond(await (await fetch("/second.bin")).arrayBuffer());
  const { tables } = ownRules();
  return Array.from({ length: 1 + AGAIN }, () => {
    const began = performance.now();
    for (const text of texts) second.scores(text, tables);
    return (performance.now() - began) / texts.length;
  });
}`;

const [, , order, folder] = process.argv;
const bundle = join(folder, "check.mjs");

if (order === "build") {
  await build({
    stdin: { contents: STOPWATCH, resolveDir: "web/src", loader: "ts" },
    bundle: true,
    charset: "utf8",
    format: "esm",
    loader: { ".json": "json" },
    logLevel: "error",
    minify: true,
    outfile: bundle,
    target: "es2022",
  });
} else {
  const chat = JSON.parse(readFileSync(join(folder, "chat.json"), "utf8"));
  // Each needs code that has not run yet: the address makes a second copy of the module.
  const address = pathToFileURL(bundle).href;
  const { measure } = await import(address);
  const [cold, ...again] = measure({ chat, prepare: false });
  const fresh = await import(`${address}?prepared`);
  const [prepared] = fresh.measure({ chat, prepare: true });
  console.log(JSON.stringify({ cold, prepared, warm: Math.min(...again) }));
}
