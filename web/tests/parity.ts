/**
 * Answers the differential tests of Python: texts as a JSON list on standard input, for each its
 * identifiers and its skeleton on standard output.
 */
import { readFileSync } from "node:fs";
import { canonical, find } from "../src/identifiers";
import { fold } from "../src/skeleton";

const texts: string[] = JSON.parse(readFileSync(0, "utf8"));
const answers = texts.map((text) => {
  const folded = fold(text);
  return {
    found: find(text).map((one) => [canonical(one.identifier), one.start, one.end]),
    skeleton: folded.letters.join(""),
    origins: folded.origins,
  };
});
process.stdout.write(JSON.stringify(answers));
