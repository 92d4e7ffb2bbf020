import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";
import { inRequest } from "@/lib/request-id";
import { bytesEqual } from "@/lib/secrets";
import { runTick } from "@/lib/tick/server/tick";

/** Runs the scheduled jobs for an external clock, such as Vercel's cron, which sends CRON_SECRET. 503 when a job failed. */
export function GET(request: Request): Promise<Response> {
  return inRequest(request, () => answer(request));
}

async function answer(request: Request): Promise<Response> {
  if (!isAuthorized(request.headers.get("authorization"))) {
    return problem(401, "Unauthorized", "Send CRON_SECRET as a Bearer token.");
  }
  const report = await runTick();
  const hasFailed = Object.values(report).includes("failed");
  return Response.json(report, { status: hasFailed ? 503 : 200, headers: { "cache-control": "no-store" } });
}

/** Compares hashes, so that timing reveals neither content nor length. */
function isAuthorized(authorization: string | null): boolean {
  if (!env.CRON_SECRET || !authorization) return false;
  return bytesEqual(digest(authorization), digest(`Bearer ${env.CRON_SECRET}`));
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
