import "server-only";
import type { Refusal } from "@/lib/credentials/refusal";
import { log } from "@/lib/log";

const everyMs = 60_000;
let warnedAt = 0;

/** One line a minute while deliveries are turned away, with what to do when there is nothing they could prove. */
export function warnOfRefusal({ reason, credentialId }: Refusal): void {
  if (Date.now() - warnedAt < everyMs) return;
  warnedAt = Date.now();
  if (reason === "none-configured") {
    log("error", "every delivery is refused: set VAPI_WEBHOOK_SECRET, or make a credential in Settings", {
      reason,
    });
  } else {
    log("warn", "a delivery was refused, see Settings, Setup check", { reason, credentialId });
  }
}
