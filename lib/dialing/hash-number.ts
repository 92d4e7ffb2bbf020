import "server-only";
import { hash } from "node:crypto";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { toKnownNumber } from "@/lib/calls/known-number";

/**
 * What the do-not-call list keeps of a number; the same however the number is written, and other than a plain hash
 * of its digits, which tables in circulation would undo.
 *
 * @returns null for what is no international number.
 */
export function hashNumber(written: string): string | null {
  const number = parsePhoneNumberFromString(toKnownNumber(written) ?? "")?.number;
  return number ? hash("sha256", `earshot do-not-call ${number}`, "hex") : null;
}
