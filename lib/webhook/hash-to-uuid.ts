import "server-only";
import { hash } from "node:crypto";

/**
 * A UUID (version 8, RFC 9562 §5.8: 122 bits of SHA-256) that is the same for the same parts, in order.
 * A part that is absent counts as the empty text.
 */
export function hashToUuid(...parts: (string | number | null | undefined)[]): string {
  const digest = hash("sha256", parts.map((part) => String(part ?? "")).join("\u001f"), "hex");
  const variant = "89ab"[Number.parseInt(digest.charAt(16), 16) & 3];
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
