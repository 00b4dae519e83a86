// The second reader as one file: the page loads it only when she asks, and the same file reads in a
// worker. The check's own engine is not in it: it is the check.js that the page has already.

import { ownRules, takeRules } from "./checkbundle";
import { judged, type Wanted } from "./secondreading";

export { readAgain } from "./secondpage";

interface WorkerScope {
  WorkerGlobalScope?: unknown;
  onmessage: ((event: MessageEvent<Wanted>) => void) | null;
  postMessage(answer: unknown): void;
}

const scope = globalThis as unknown as WorkerScope;
if (scope.WorkerGlobalScope !== undefined) {
  scope.onmessage = ({ data }) => {
    takeRules(data.rules);
    const assessment = judged(ownRules(), data, (done) => scope.postMessage({ done }));
    scope.postMessage({ assessment });
  };
}
