// The rules' JSON as the families' page carries it: half a letter where brotli needs a whole one.
//
// web/src/likely.ts says how likely each bit is, for writing here and for reading in the page. What
// is written is read again at once: a build whose page would judge by other rules fails.

import assert from "node:assert";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), "src");
const EXPORTED = `
export { walkText, walkWeights } from "./likely";
export { LEVELS, modelOf, OUTPUTS } from "./model";
export { LETTERS, unpacking, WHOLE } from "./packed";`;

// For esbuild: the compiled rules come packed into the bundle.
export const packedRules = {
  name: "packed-rules",
  setup({ onLoad }) {
    onLoad({ filter: /compiled\/rules\.json$/ }, async ({ path }) => {
      const rules = JSON.parse(readFileSync(path, "utf8"));
      const page = await pagesOwn();
      return { contents: JSON.stringify(packed(rules, page)), loader: "json" };
    });
  },
};

async function pagesOwn() {
  const stdin = { contents: EXPORTED, resolveDir: SOURCES, loader: "ts" };
  const built = await build({ stdin, bundle: true, format: "esm", write: false, logLevel: "error" });
  return import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString("base64")}`);
}

function packed(rules, page) {
  const models = page.OUTPUTS.map((name) => page.modelOf(rules.model[name]));
  const light = { ...rules, model: Object.fromEntries(page.OUTPUTS.map((name, at) => [name, lightOf(models[at])])) };
  const text = Buffer.from(JSON.stringify(light));
  const { code, finished } = writer(page);
  finish(page.walkText(code, text));
  finish(page.walkWeights(code, models.map(({ weights }) => weights), page.LEVELS));
  const whole = { packed: finished(), size: text.length };
  const read = finish(page.unpacking(whole));
  page.OUTPUTS.forEach((name, at) => assert.deepEqual(page.modelOf(read.model[name]), models[at]));
  assert.deepEqual({ ...read, model: 0 }, { ...rules, model: 0 });
  return whole;
}

function lightOf({ bias, unit }) {
  return { bias, unit };
}

function finish(steps) {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

// The counterpart of the page's reader: the same bounds, a letter as soon as it is certain.
function writer({ LETTERS, WHOLE }) {
  let [low, high] = [0, WHOLE];
  const letters = [];
  const code = (p, bit) => {
    const middle = low + Math.floor(((high - low) * p) / 4096);
    if (bit) high = middle;
    else low = middle + 1;
    while ((low ^ high) >> 24 === 0) {
      letters.push(LETTERS[high >> 24]);
      low = (low << 6) & WHOLE;
      high = ((high << 6) & WHOLE) | 63;
    }
    return bit;
  };
  const rest = () => [24, 18, 12, 6, 0].map((shift) => LETTERS[(high >> shift) & 63]);
  return { code, finished: () => [...letters, ...rest()].join("") };
}
