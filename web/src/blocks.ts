// A message's own words and those that it quotes. The twin of src/oberih/check/blocks.py.

interface Block {
  text: string;
  borrowed: boolean;
}

// The others' letters are spaces in each block, so that places stay those of the whole text.
export function blocksOf({ text, forwarded = false }: { text: string; forwarded?: boolean }): Block[] {
  const lines = text.split("\n");
  const quotes = lines.map((line) => /^ *>/.test(line));
  if (!quotes.includes(true)) return [{ text, borrowed: forwarded }];
  return [false, true]
    .map((quoted) => ({
      text: lines.map((line, at) => (quotes[at] === quoted ? line : line.replace(/./gsu, " "))).join("\n"),
      borrowed: quoted || forwarded,
    }))
    .filter((block) => hasWords(block.text));
}

// Where all is forwarded or quoted, that is what she asks about: it counts as said.
export function speaksItself(messages: readonly { from: string; text: string; forwarded?: boolean }[]): boolean {
  return messages.some(
    (one) => one.from === "them" && blocksOf(one).some(({ text, borrowed }) => !borrowed && hasWords(text)),
  );
}

function hasWords(text: string): boolean {
  return /[^ \n]/.test(text);
}
