import { RequestFailed } from "@/lib/http/fetch-json";

/** Whether an error says that a conversation was deleted. */
export function isGone(error: Error | null): boolean {
  return error instanceof RequestFailed && error.status === 404;
}
