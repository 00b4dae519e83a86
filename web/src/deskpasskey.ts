// A passkey shown again for one act: asked for as the form is sent, and sent with it.

const FRESH = "form[data-fresh], form.release";

export function askForPasskeys(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches(FRESH) || document.body.dataset.passkeys === "no") return;
    event.preventDefault();
    void shown(form);
  });
}

async function shown(form: HTMLFormElement): Promise<void> {
  try {
    const answer = await fetch("/sign-in/options/", { headers: { Accept: "application/json" } });
    const asked = ((await answer.json()) as { publicKey: PublicKeyCredentialRequestOptionsJSON }).publicKey;
    const got = await navigator.credentials.get({ publicKey: withBytes(asked) });
    field(form).value = spelled(got as PublicKeyCredential);
    form.submit();
  } catch {
    complain(form);
  }
}

function withBytes(asked: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  const allowed = (asked.allowCredentials ?? []).map((one) => ({
    id: fromBase64Url(one.id),
    type: "public-key" as const,
  }));
  return {
    challenge: fromBase64Url(asked.challenge),
    allowCredentials: allowed,
    userVerification: "required",
    ...(asked.rpId ? { rpId: asked.rpId } : {}),
  };
}

function spelled(made: PublicKeyCredential): string {
  const response = made.response as AuthenticatorAssertionResponse;
  return JSON.stringify({
    id: made.id,
    rawId: toBase64Url(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      userHandle: response.userHandle ? toBase64Url(response.userHandle) : undefined,
    },
  });
}

function field(form: HTMLFormElement): HTMLInputElement {
  const there = form.elements.namedItem("credential");
  if (there instanceof HTMLInputElement) return there;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = "credential";
  form.append(made);
  return made;
}

function complain(form: HTMLFormElement): void {
  const said = form.querySelector("[data-trouble]") ?? document.createElement("p");
  said.setAttribute("role", "alert");
  said.setAttribute("data-trouble", "");
  said.className = "strip error";
  said.textContent = document.body.dataset.noPasskey ?? "";
  form.prepend(said);
}

function fromBase64Url(text: string): ArrayBuffer {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  const bytes = Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
  return bytes.buffer;
}

function toBase64Url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
