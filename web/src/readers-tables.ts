// Viber's tables (a line of comma-separated values a message) and Signal's messages (an object each).

import { CannotRead, type Chat, clockOf, sidesOf, type Spoken } from "./readers";

const DAY = /^\ufeff?[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}$/;
const CLOCK = /^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?$/;

export function looksLikeViber(head: string): boolean {
  const first = head.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
  return isRow(rowsOf(first)[0] ?? []);
}

// Day, time, name, number, text; rows of another shape are skipped.
export function readViber(text: string, me: string): Chat[] {
  const spoken: Spoken[] = rowsOf(text)
    .filter(isRow)
    .map((row) => ({ speaker: (row[2] ?? "").trim(), at: clockOf(`${row[0]?.replace("\ufeff", "")} ${row[1]}`), text: row.slice(4).join(",").trim() }))
    .filter((one) => one.text !== "");
  return [{ id: "chat", format: "viber", messages: sidesOf(spoken, me, "") }];
}

function isRow(values: string[]): boolean {
  return values.length >= 5 && DAY.test((values[0] ?? "").trim()) && CLOCK.test((values[1] ?? "").trim());
}

// RFC 4180: quoted values may hold commas, line ends and doubled quotes. A quote that stands
// inside a bare value is a letter like any other.
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const value = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r?\n|$)/g;
  for (let match = value.exec(text); match; match = value.exec(text)) {
    const quoted = match[1];
    const whole = quoted === undefined ? (match[3] ?? "") : quoted.replace(/""/g, '"') + (match[2] ?? "");
    rows[rows.length - 1]?.push(whole);
    if (match[4] === "") break;
    if (match[4] !== ",") rows.push([]);
  }
  return rows;
}

export function looksLikeSignal(head: string): boolean {
  return /^[[{]/.test(head) && head.includes('"sender"') && head.includes('"body"');
}

// A list of messages, or an object a line.
export function readSignal(text: string, me: string): Chat[] {
  const spoken: Spoken[] = [];
  for (const row of objectsOf(text)) {
    const { sender, body, date } = (row ?? {}) as { sender?: unknown; body?: unknown; date?: unknown };
    const at = typeof date === "string" ? date : null;
    if (typeof sender !== "string" || typeof body !== "string") continue;
    if (sender.trim() && body.trim()) spoken.push({ speaker: sender.trim(), at, text: body.trim() });
  }
  return [{ id: "chat", format: "signal", messages: sidesOf(spoken, me, "") }];
}

function objectsOf(text: string): unknown[] {
  try {
    if (text.trimStart().startsWith("[")) return JSON.parse(text) as unknown[];
    return text.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as unknown);
  } catch {
    throw new CannotRead("broken");
  }
}
