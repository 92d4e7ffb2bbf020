import "server-only";
import { env } from "@/lib/env";

/** Where Vapi fetches its tokens. */
export function tokenUrl(): string {
  return `${env.APP_URL}/api/oauth/token`;
}
