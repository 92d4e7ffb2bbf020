import "server-only";
import { db } from "@/db/client";
import { listEndpointRows } from "@/db/queries/tools/list-endpoints";
import { describeError, log } from "@/lib/log";
import type { Tool } from "@/lib/tools/define-tool";
import { toEndpointTool } from "@/lib/tools/endpoints/to-endpoint-tool";
import { withDeadline } from "@/lib/with-deadline";

const freshMs = 3_000;
const databaseTimeoutMs = 1_500;

let known: { tools: Map<string, Tool>; readAt: number } | null = null;

/** The endpoint of this name. Known ones live in memory for seconds; with the database gone, as long as that lasts. */
export async function findEndpointTool(name: string): Promise<Tool | "unknown" | "unreachable"> {
  if (known && Date.now() - known.readAt < freshMs && known.tools.has(name)) {
    return known.tools.get(name) ?? "unknown";
  }
  try {
    const rows = await withDeadline(listEndpointRows(db), databaseTimeoutMs);
    const enabled = rows.filter(({ isEnabled }) => isEnabled);
    known = { tools: new Map(enabled.map((row) => [row.name, toEndpointTool(row)])), readAt: Date.now() };
    return known.tools.get(name) ?? "unknown";
  } catch (cause) {
    log("warn", "the endpoints could not be read", describeError(cause));
    return known?.tools.get(name) ?? "unreachable";
  }
}
