import "server-only";
import { getIP } from "better-auth/api";
import { env } from "@/lib/env";

/**
 * Which headers say where a request came from. Next sets X-Forwarded-For from the socket when no proxy has;
 * behind proxies that append to it, TRUSTED_PROXIES says whose entries are believed.
 */
export const addressRules = {
  ipAddressHeaders: ["x-forwarded-for"],
  ...(env.TRUSTED_PROXIES?.length ? { trustedProxies: env.TRUSTED_PROXIES } : {}),
};

/** The address a request came from, or null when no header can be believed. */
export function clientAddress(headers: Headers): string | null {
  return getIP(headers, { advanced: { ipAddress: addressRules } });
}
