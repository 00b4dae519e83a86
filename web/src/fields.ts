// A strict reader of one JSON object: each field typed and limited, nothing left over.

import type { Json } from "./canonical";
import { Refused } from "./seal";

const MONTHS = /^\d{4}-\d\d-\d\d$/;

export class Fields {
  readonly #left: Map<string, Json>;

  // Throws Refused for anything but an object.
  constructor(value: Json) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refused();
    this.#left = new Map(Object.entries(value));
  }

  // Refuses fields that nobody asked for: they would be signed but not understood.
  close(): void {
    this.require(this.#left.size === 0);
  }

  require(holds: boolean): void {
    if (!holds) throw new Refused();
  }

  has(name: string): boolean {
    return this.#left.has(name);
  }

  isEmpty(name: string): boolean {
    return this.#left.get(name) === "";
  }

  take(name: string): Json {
    const value = this.#left.get(name);
    if (value === undefined) throw new Refused();
    this.#left.delete(name);
    return value;
  }

  object(name: string): Fields {
    return new Fields(this.take(name));
  }

  text(name: string, longest: number): string {
    const value = this.take(name);
    if (typeof value !== "string" || value.includes("\0")) throw new Refused();
    this.require([...value].length <= longest);
    return value;
  }

  number(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.take(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new Refused();
    this.require(least <= value && value <= most);
    return value;
  }

  // Lower-case hex of exactly so many bytes.
  hex(name: string, length: number): string {
    const value = this.text(name, 2 * length);
    this.require(value.length === 2 * length && /^[0-9a-f]*$/.test(value));
    return value;
  }

  choice<Choice extends string>(name: string, among: readonly Choice[]): Choice {
    const value = this.text(name, 100);
    const chosen = among.find((one) => one === value);
    if (chosen === undefined) throw new Refused();
    return chosen;
  }

  // A day that exists, written YYYY-MM-DD.
  day(name: string): string {
    const value = this.text(name, 10);
    const date = new Date(`${value}T00:00:00Z`);
    this.require(MONTHS.test(value) && !value.startsWith("0000"));
    this.require(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(value));
    return value;
  }

  // A time written 2026-11-16T00:00:00Z.
  time(name: string): Date {
    const value = this.text(name, 20);
    const date = new Date(value);
    this.require(!Number.isNaN(date.getTime()) && spelledTime(date) === value);
    return date;
  }

  items(name: string, most: number): readonly Json[] {
    const value = this.take(name);
    if (!Array.isArray(value) || value.length > most) throw new Refused();
    return value as readonly Json[];
  }
}

export function spelledTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
