// Loads our own modules, each only when it hashes to what the build wrote down.

declare const MANIFEST: Readonly<Record<string, { file: string; integrity?: string }>>;

interface Policy {
  createScriptURL(url: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const BASE = new URL(".", import.meta.url).href;
const loaded = new Map<string, Promise<unknown>>();
const policy = makePolicy();

// Returns the module of a built file such as "vault.js"; rejects when its content is another.
export function load<Module>(name: string): Promise<Module> {
  const known = loaded.get(name);
  if (known) return known as Promise<Module>;
  const coming = verifiedImport(name).catch((error: unknown) => {
    loaded.delete(name);
    throw error;
  });
  loaded.set(name, coming);
  return coming as Promise<Module>;
}

// Starts a worker from a built file; the build's own file list is the only source of addresses.
export function startWorker(name: string): Worker {
  return new Worker(policy.createScriptURL(addressOf(name)), { type: "module" });
}

// Registers the worker that shows the daily reminder; it controls no page. Only after she asked.
export function registerWorker(name: string): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(policy.createScriptURL(addressOf(name)));
}

// Fetches what every page fetches, so that the files asked for do not tell pages apart.
export async function loadEverything(language: string): Promise<void> {
  const list = language === "en" ? "en" : "uk";
  for (const name of ["ui.js", `text-${language}.js`, "check.js", "vault.js", `words-${list}.js`]) {
    if (name in MANIFEST) await load(name);
  }
  if (!("icon.svg" in MANIFEST)) return;
  const icon = document.createElement("link");
  icon.rel = "icon";
  icon.href = addressOf("icon.svg");
  document.head.append(icon);
}

// The script element checks the integrity; the import then meets the same module already loaded.
async function verifiedImport(name: string): Promise<unknown> {
  const url = addressOf(name);
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.integrity = MANIFEST[name]?.integrity ?? "sha256-none";
    script.src = policy.createScriptURL(url);
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${name} did not load`));
    document.head.append(script);
  });
  return import(url);
}

function addressOf(name: string): string {
  const entry = MANIFEST[name];
  if (!entry) throw new Error(`${name} is not part of the build`);
  return BASE + entry.file;
}

function makePolicy(): Policy {
  const known = new Set(Object.values(MANIFEST).map(({ file }) => BASE + file));
  const rules = {
    createScriptURL(url: string): string {
      if (!known.has(url)) throw new TypeError("not one of our files");
      return url;
    },
  };
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  return types ? types.createPolicy("oberih", rules) : rules;
}
