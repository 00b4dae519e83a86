/** Phone numbers in E.164 from the digits that people write; the rules of phones.py. */
import tables from "../../src/oberih/core/identifiers/phones.json";

interface Plan {
  valid: RegExp;
  prefix: RegExp;
}

const LENGTHS = new Map(Object.entries(tables.lengths as Record<string, number[]>));
const PLANS = new Map<string, Plan[]>();
for (const plan of tables.plans) {
  const plans = PLANS.get(plan.code) ?? [];
  plans.push({ valid: new RegExp(`^(?:${plan.valid})$`), prefix: new RegExp(`^(?:${plan.prefix})`) });
  PLANS.set(plan.code, plans);
}

/** The number that begins with a calling code, with its plus sign, or nothing. */
export function e164(digits: string): string {
  return /^[0-9]{8,16}$/.test(digits) ? signed(digits) || ofLength(digits) : "";
}

/** The number behind a plus sign if it fits a plan, or nothing. */
export function signed(digits: string): string {
  return planned(digits) || (digits.startsWith("8") ? trunk(digits) : "");
}

/** The number behind a plus sign if its country has numbers of this length, or nothing. */
export function ofLength(digits: string): string {
  const [code, national] = coded(digits);
  return LENGTHS.get(code)?.includes(national.length) ? `+${digits}` : "";
}

const UNSIGNED: [RegExp, (digits: string) => string][] = [
  [/^0[1-9][0-9]{8}$/, (digits) => planned("38" + digits)],
  [/^810[0-9]{8,15}$/, (digits) => planned(digits.slice(3))],
  [/^8[0-9]{10}$/, trunk],
  [/^(?:3(?:80|75)[0-9]{9}|7[0-9]{10})$/, planned],
  [/^00[1-9][0-9]{7,14}$/, (digits) => e164(digits.slice(2))],
];

/** The number that is written without a plus sign, or nothing. */
export function unsigned(digits: string): string {
  return UNSIGNED.find(([form]) => form.test(digits))?.[1](digits) ?? "";
}

/** The Ukrainian number behind "38 67...", or nothing; written apart it is not +386. */
export function withoutZero(digits: string): string {
  return digits.length === "38671234567".length ? planned("380" + digits.slice(2)) : "";
}

function trunk(digits: string): string {
  if (digits.length !== "80501234567".length) return "";
  const inside = planned("38" + digits.slice(1)) || planned("375" + digits.slice(2));
  return digits[1] === "0" && inside ? inside : planned("7" + digits.slice(1));
}

function planned(digits: string): string {
  const [code, national] = coded(digits);
  const plans = PLANS.get(code) ?? [];
  if (plans.some((plan) => plan.valid.test(national))) return `+${digits}`;
  for (const plan of plans) {
    const inside = national.slice(plan.prefix.exec(national)?.[0].length ?? national.length);
    if (plan.valid.test(inside)) return `+${code}${inside}`;
  }
  return "";
}

function coded(digits: string): [string, string] {
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    if (LENGTHS.has(code)) return [code, digits.slice(length)];
  }
  return ["", digits];
}
