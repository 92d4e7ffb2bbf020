import "server-only";
import { timingSafeEqual } from "node:crypto";

/** Whether two digests are the same, in a time that tells nothing of where they differ. Any lengths will do. */
export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
