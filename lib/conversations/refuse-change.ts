import type { ContextChange } from "@/lib/conversations/context-change";
import { problem } from "@/lib/http/problem";

/** The answer to a wish that changed nothing, because it could not: 404, 412 with the version there is, or 422. */
export function refuseChange(change: Exclude<ContextChange, { outcome: "changed" | "unchanged" }>): Response {
  switch (change.outcome) {
    case "unknown":
      return problem(404, "Not found", "There is no such conversation, or no such version of it.");
    case "invalid":
      return problem(422, "Invalid", change.why);
    case "conflict": {
      const detail = `Somebody was first: this is version ${change.version} by now. Nothing was changed.`;
      return problem(412, "Changed meanwhile", detail, { etag: `"${change.version}"` });
    }
  }
}
