// Nobody at the screen: it blurs after two minutes, and is locked before the desk's quarter of an hour.

import { send } from "./desksend.js";

const BLUR_MINUTES = 2;
const LOCK_MINUTES = 14;
const LOOK_SECONDS = 10;

let touched = Date.now();

export function watchIdle(): void {
  for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    addEventListener(sign, () => (touched = Date.now()), { passive: true, capture: true });
  }
  setInterval(look, LOOK_SECONDS * 1000);
}

function look(): void {
  const minutes = (Date.now() - touched) / 60_000;
  if (minutes > BLUR_MINUTES) document.body.classList.add("blurred");
  if (minutes > LOCK_MINUTES && !isWriting()) void lock();
}

// What somebody has begun to write is not thrown away: the screen is blurred, the desk locks itself.
function isWriting(): boolean {
  return [...document.querySelectorAll("textarea")].some((one) => one.value.trim() !== one.defaultValue.trim());
}

async function lock(): Promise<void> {
  await send("/lock/");
  location.reload();
}
