import "server-only";
import { randomBytes } from "node:crypto";

/** 256 random bits in the characters a URL takes. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url");
}
