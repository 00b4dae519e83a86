/**
 * Regular expressions from a place in a line, with a look at what stands before.
 *
 * Older phones' browsers refuse a whole script for one lookbehind, so none is used: `notBefore`
 * is tested against the two letters before a match and ends with `$`.
 */

const LETTERS_BEFORE = 2;

/** The match at or after the place, as the pattern is sticky or global. */
export function matchFrom(pattern: RegExp, line: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(line);
}

/** The first match at or after the place that does not stand behind `notBefore`. */
export function matchApart(
  pattern: RegExp,
  line: string,
  { from, notBefore }: { from: number; notBefore: RegExp },
): RegExpExecArray | null {
  let match = matchFrom(pattern, line, from);
  while (match && isBehind(notBefore, line, match.index)) {
    match = matchFrom(pattern, line, match.index + 1);
  }
  return match;
}

/** All matches, one after the other, that do not stand behind `notBefore`. */
export function matchesApart(pattern: RegExp, line: string, notBefore: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  let match = matchApart(pattern, line, { from: 0, notBefore });
  while (match) {
    matches.push(match);
    match = matchApart(pattern, line, { from: match.index + match[0].length, notBefore });
  }
  return matches;
}

/** Whether the letters before the place are those of the pattern. */
export function isBehind(pattern: RegExp, line: string, place: number): boolean {
  return pattern.test(line.slice(Math.max(0, place - LETTERS_BEFORE), place));
}
