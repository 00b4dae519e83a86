// Shows an alert's forms while it is typed: the desk draws them, nothing is kept.

const QUIET_MS = 400;

export function watchAlert(): void {
  const form = document.querySelector<HTMLFormElement>("form.alert-form");
  if (!form || !document.getElementById("live")) return;
  let waiting = 0;
  let asked = 0;
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => ask(form, (asked += 1), () => asked), QUIET_MS);
  };
  form.addEventListener("input", soon);
  soon();
}

// An answer that a newer question has overtaken is dropped.
function ask(form: HTMLFormElement, number: number, newest: () => number): void {
  const address = document.getElementById("live")?.dataset["live"];
  if (!address) return;
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.responseType = "document";
  request.onload = () => {
    const fresh = request.status === 200 ? request.responseXML?.getElementById("live") : null;
    const open = document.querySelector("#live details[open]") !== null;
    if (!fresh || number !== newest()) return;
    fresh.querySelector("details")?.toggleAttribute("open", open);
    document.getElementById("live")?.replaceWith(document.importNode(fresh, true));
  };
  request.send(new FormData(form));
}
