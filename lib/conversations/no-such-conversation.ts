import { problem } from "@/lib/http/problem";

export function noSuchConversation(): Response {
  return problem(404, "Not found", "There is no such conversation.");
}
