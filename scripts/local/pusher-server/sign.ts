import { createHmac } from "node:crypto";

/** Pusher's one kind of signature: HMAC-SHA256 in hexadecimal. */
export function sign(secret: string, text: string | Buffer): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}
