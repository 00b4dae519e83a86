/** Regular expressions from a place in a line. */

/** The match at or after the place, as the pattern is sticky or global. */
export function matchFrom(pattern: RegExp, line: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(line);
}
