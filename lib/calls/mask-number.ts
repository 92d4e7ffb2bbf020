import { hidden } from "@/lib/calls/hidden";

/** `+15550100103` → `•••03`. */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, "");
  return digits.length > 2 ? `${hidden}${digits.slice(-2)}` : hidden;
}
