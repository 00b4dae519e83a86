// @ts-check
// Asks the browser for a passkey and puts its answer into the form. No library, no inline script.

/** @param {string} text @returns {ArrayBuffer} */
function fromBase64Url(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer | null | undefined} bytes @returns {string | undefined} */
function toBase64Url(bytes) {
  if (!bytes) return undefined;
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {any} listed */
function withBytes(listed) {
  return (listed ?? []).map((/** @type {any} */ one) => ({ ...one, id: fromBase64Url(one.id) }));
}

/** What the desk's server reads: the credential with its bytes in base64url. @param {any} made */
function spelled(made) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const parts = names.filter((name) => made.response[name]);
  return JSON.stringify({
    id: made.id,
    rawId: toBase64Url(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: Object.fromEntries(parts.map((name) => [name, toBase64Url(made.response[name])])),
  });
}

/** @param {any} asked */
function create(asked) {
  const user = { ...asked.user, id: fromBase64Url(asked.user.id) };
  const challenge = fromBase64Url(asked.challenge);
  const excludeCredentials = withBytes(asked.excludeCredentials);
  return navigator.credentials.create({ publicKey: { ...asked, user, challenge, excludeCredentials } });
}

/** @param {any} asked */
function get(asked) {
  const challenge = fromBase64Url(asked.challenge);
  const allowCredentials = withBytes(asked.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...asked, challenge, allowCredentials } });
}

/** @param {HTMLFormElement} form */
async function askFor(form) {
  const given = document.getElementById("options")?.textContent;
  if (given) return create(JSON.parse(given).publicKey);
  const response = await fetch(form.dataset.options ?? "", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("no options");
  return get((await response.json()).publicKey);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const trouble = form.querySelector("[data-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble?.setAttribute("hidden", "");
    try {
      const field = form.elements.namedItem("credential");
      if (field instanceof HTMLInputElement) field.value = spelled(await askFor(form));
      form.submit();
    } catch {
      trouble?.removeAttribute("hidden");
    }
  });
}
