// The page's sentences in its language; the English sentence is the key (front/locale/*.po).

let sentences: Readonly<Record<string, string>> = {};

export function speak(chosen: Readonly<Record<string, string>>): void {
  sentences = chosen;
}

// {name} in a sentence is replaced by what `values` has under that name.
export function t(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  const said = sentences[sentence] ?? sentence;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// A day as people of the page's language write it; `day` is YYYY-MM-DD.
export function dayText(day: string): string {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}

export function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024) return t("{n} MB", { n: Math.ceil(bytes / 1024 / 1024) });
  return t("{n} KB", { n: Math.ceil(bytes / 1024) });
}
