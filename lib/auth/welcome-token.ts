import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/**
 * What /welcome asks for: SETUP_TOKEN, else a token derived from BETTER_AUTH_SECRET, which every instance knows
 * without storing it and which whoever reads the log at start may use. Worth nothing once there is somebody.
 */
export function welcomeToken(): string {
  return env.SETUP_TOKEN ?? keyed("earshot: first operator").toString("base64url");
}

/** Whether a claim is the welcome token; takes the same time whatever the claim. */
export function isWelcomeToken(claim: string): boolean {
  return timingSafeEqual(keyed(claim), keyed(welcomeToken()));
}

function keyed(text: string): Buffer {
  return createHmac("sha256", env.BETTER_AUTH_SECRET).update(text).digest();
}
