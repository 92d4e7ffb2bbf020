import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Returns the code an authenticator app shows for an `otpauth:` URI (RFC 6238), now or some 30 s steps away. */
export function totpCode(uri: string, stepsAway = 0): string {
  const bits = [...(new URL(uri).searchParams.get("secret") ?? "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAway));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = digest.readUInt8(digest.length - 1) & 0xf;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Returns a code that is certainly wrong now: its step is hours away. */
export const wrongCode = (uri: string) => totpCode(uri, 1_000);
