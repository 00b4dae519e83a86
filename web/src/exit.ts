// "Leave quickly": blanks the page at once, then opens an ordinary one in its place.

const TIMES = 3;
const WITHIN_MS = 1500;

// Arms the exit links and Shift pressed three times in a row.
export function armExit(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#exit, #exit-here")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leaveAtOnce();
    });
  }
  let presses: number[] = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) presses = [...presses.slice(1 - TIMES), event.timeStamp];
    const [first] = presses;
    if (presses.length === TIMES && first !== undefined && event.timeStamp - first < WITHIN_MS) {
      leaveAtOnce();
    }
  });
}

// What was typed is gone with the elements; guards against leaving look for the class "gone".
export function leaveAtOnce(): void {
  document.body.className = "gone";
  document.body.replaceChildren();
  document.title = "";
  location.replace(document.documentElement.dataset["exit"] ?? "about:blank");
}
