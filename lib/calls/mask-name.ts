import { hidden } from "@/lib/calls/hidden";

/** `Jane Doe` → `J••• D•••`. */
export function maskName(name: string): string {
  return name.replace(/(\S)\S*/g, `$1${hidden}`);
}
