// Counts as Python does: by code point, so that no character is cut in half.

export function firstLetters(text: string, most: number): string {
  return [...text].slice(0, most).join("");
}
