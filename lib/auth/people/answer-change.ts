import "server-only";
import type { PersonChange } from "@/lib/auth/people/person-change";
import { problem } from "@/lib/http/problem";

/** The HTTP answer to a change of a person. */
export function answerChange(change: PersonChange): Response {
  if (change === "unknown") return problem(404, "Not found", "There is nobody with this id.");
  if (change === "self")
    return problem(409, "Yourself", "You cannot do this to yourself. Ask another admin.");
  if (change === "last-admin") {
    return problem(409, "Last admin", "Somebody must be able to manage people. Make another admin first.");
  }
  return new Response(null, { status: 204 });
}
