// Build the web bundles: `node web/build.mjs [--tests]`.
//
// Every file gets its hash into its name and its integrity into manifest.json; page.js knows the
// integrity of everything it loads later, and the HTML knows page.js's: one chain of hashes.
// The build fails when the families' page would be heavier than docs/style.md promises.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

import { packedRules } from "./packing.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WEB = join(ROOT, "web");
const FRONT = join(ROOT, "src/oberih/front/static/built");
const DESK = join(ROOT, "src/oberih/desk/static/built");
const LANGUAGES = ["uk", "en", "ru"];
const WORD_LISTS = ["uk", "en"];
const SECOND = join(ROOT, "src/oberih/check/compiled/second.bin");

// What the page loads by a script element, which checks it; of the rest it knows the names only.
const LOADED = /^(ui|vault|check|second|words-|text-)/;
// Bytes after brotli. The HTML, measured by a test, gets what remains of the first 30 KB.
const FIRST_VIEW_LIMIT = 18 * 1024;
const TOTAL_LIMIT = 200 * 1024;
const CHECK_LIMIT = 100 * 1024;
const KEPT_MS = 24 * 3_600_000;

const COMMON = {
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".txt": "text", ".json": "json" },
  logLevel: "warning",
  write: false,
  absWorkingDir: ROOT,
};

if (process.argv.includes("--tests")) {
  await buildTests();
} else {
  await buildFront();
  await buildDesk();
}

// Each web/tests/*.test.ts becomes one module that `node --test web/tests/built/` runs.
async function buildTests() {
  const tests = namesIn(join(WEB, "tests"), ".test.ts");
  const out = fresh(join(WEB, "tests/built"));
  await build({
    ...COMMON,
    entryPoints: tests.map((name) => join(WEB, "tests", name)),
    packages: "external",
    platform: "node",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    sourcemap: "inline",
    write: true,
  });
}

async function buildFront() {
  const files = {};
  files["page.css"] = await bundle("page.css");
  for (const name of ["ui", "vault", "check"]) {
    if (existsSync(join(WEB, "src", `${name}bundle.ts`))) {
      files[`${name}.js`] = await bundle(`${name}bundle.ts`);
    }
  }
  await addSecond(files);
  files["worker.js"] = await bundle("worker.ts");
  for (const list of WORD_LISTS) {
    const words = join(ROOT, `src/oberih/crypto/words/${list}.txt`);
    if (existsSync(words)) files[`words-${list}.js`] = wordModule(words);
  }
  for (const language of LANGUAGES) {
    files[`text-${language}.js`] = textModule(language);
  }
  files["icon.svg"] = readFileSync(join(WEB, "src/icon.svg"));
  const manifest = describe(files);
  files["page.js"] = await bundle("page.ts", { MANIFEST: pagesPart(files, manifest) });
  Object.assign(manifest, describe({ "page.js": files["page.js"] }));
  publish(FRONT, files, manifest);
  weigh(files);
}

// What she may ask for: a reader of 3 MB, and the script that fetches it and knows its hash. That
// script takes the check's engine from the check.js that the page has.
async function addSecond(files) {
  const content = readFileSync(SECOND);
  const known = {
    file: hashedName("second.bin", content),
    sha256: createHash("sha256").update(content).digest("hex"),
    size: content.length,
  };
  const sentences = Object.fromEntries(LANGUAGES.map((one) => [one, JSON.parse(sentencesOf(`second-${one}`))]));
  const engine = externalAs("./checkbundle", `./${hashedName("check.js", files["check.js"])}`);
  files["second.js"] = await bundle("secondbundle.ts", { SECOND: known, SENTENCES: sentences }, [engine]);
  files["second.bin"] = content;
}

function externalAs(imported, path) {
  const filter = new RegExp(`^${imported.replaceAll(".", "\\.")}$`);
  return {
    name: "external",
    setup: ({ onResolve }) => onResolve({ filter }, () => ({ path, external: true })),
  };
}

// SHA-256 here, for it is a third shorter on the wire.
function pagesPart(files, manifest) {
  const names = Object.keys(manifest).filter((name) => !/^page|\.bin$/.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const { file } = manifest[name];
      return [name, LOADED.test(name) ? { file, integrity: integrityOf(files[name], "sha256") } : { file }];
    }),
  );
}

// The desk's page has no weight limit: it is opened on a known machine inside.
async function buildDesk() {
  if (!existsSync(join(WEB, "src/desk.ts"))) return;
  const files = { "desk.js": await bundle("desk.ts") };
  if (existsSync(join(WEB, "src/desk.css"))) files["desk.css"] = await bundle("desk.css");
  publish(DESK, files, describe(files, { hashed: false }));
}

async function bundle(entry, known = {}, plugins = []) {
  const built = await build({
    ...COMMON,
    entryPoints: [join(WEB, "src", entry)],
    define: Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)])),
    plugins: [packedRules, ...plugins],
    minify: true,
    outfile: entry.replace(/\.ts$/, ".js"),
  });
  return Buffer.from(built.outputFiles[0].contents);
}

// One line a word, `#` begins a comment.
function wordModule(path) {
  const words = readFileSync(path, "utf8").split("\n").map((line) => line.trim());
  const list = words.filter((word) => word && !word.startsWith("#"));
  return Buffer.from(`export default ${JSON.stringify(list.join(" "))};\n`);
}

// The sentences that web/src asks for with t("..."), taken from the language's .po by
// `oberih build`, which writes them to build/text/<language>.json.
function textModule(language) {
  return Buffer.from(`export default ${sentencesOf(language).trim()};\n`);
}

function sentencesOf(name) {
  const path = join(ROOT, "build/text", `${name}.json`);
  return existsSync(path) ? readFileSync(path, "utf8") : "{}";
}

function describe(files, { hashed } = { hashed: true }) {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      { file: hashed ? hashedName(name, content) : name, integrity: integrityOf(content) },
    ]),
  );
}

function hashedName(name, content) {
  const [stem, extension] = name.split(".");
  return `${stem}.${createHash("sha256").update(content).digest("hex").slice(0, 12)}.${extension}`;
}

function integrityOf(content, hash = "sha384") {
  return `${hash}-` + createHash(hash).update(content).digest("base64");
}

// Files of the day before stay: a page that is open during an upgrade still finds its own.
function publish(folder, files, manifest) {
  prune(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, manifest[name].file);
    writeFileSync(path, content);
    // A hash in the name says that what lies there already is the same.
    if (manifest[name].file !== name && existsSync(`${path}.br`)) touch(`${path}.br`);
    else writeFileSync(`${path}.br`, brotli(content));
  }
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
}

function weigh(files) {
  const sizes = Object.entries(files).map(([name, content]) => [name, packedSize(name, content)]);
  const of = (names) => sizes.reduce((sum, [name, size]) => sum + (names(name) ? size : 0), 0);
  const heaviest = (prefix) =>
    Math.max(0, ...sizes.filter(([name]) => name.startsWith(prefix)).map(([, size]) => size));
  const first = of((name) => name.startsWith("page."));
  // A visitor gets one language and one list of words; the worker only who asks for reminders, the
  // second reader only who asks to read again.
  const total =
    of((name) => !/^(words-|text-|worker|second)/.test(name)) + heaviest("words-") + heaviest("text-");
  for (const [name, size] of sizes) console.log(`${String(size).padStart(7)}  ${name}`);
  console.log(`${String(first).padStart(7)}  first view without HTML (limit ${FIRST_VIEW_LIMIT})`);
  console.log(`${String(total).padStart(7)}  in all without HTML (limit ${TOTAL_LIMIT})`);
  const check = of((name) => name === "check.js");
  console.log(`${String(check).padStart(7)}  the check's engine, rules and models (limit ${CHECK_LIMIT})`);
  if (first > FIRST_VIEW_LIMIT || total > TOTAL_LIMIT || check > CHECK_LIMIT) {
    console.error("The families' page is too heavy; see the sizes above.");
    process.exitCode = 1;
  }
}

function packedSize(name, content) {
  return statSync(join(FRONT, `${hashedName(name, content)}.br`)).size;
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}

function namesIn(folder, ending) {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
}

function touch(path) {
  utimesSync(path, new Date(), new Date());
}

function prune(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path);
  }
}

function fresh(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
