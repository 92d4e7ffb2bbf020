import { problem } from "@/lib/http/problem";

export type IfMatch = { refused: Response; version?: never } | { refused: null; version: number | undefined };

/**
 * The version a change is about, from `If-Match: "12"` (with or without quotes); undefined for `*`, which means any.
 * Without the header the answer to send instead: 428 (RFC 6585). With one that is no version of ours: 412.
 */
export function readIfMatch(request: Request): IfMatch {
  const header = request.headers.get("if-match")?.trim();
  if (!header) {
    const detail = 'Say which version this is about, as GET has told it: If-Match: "<version>".';
    return { refused: problem(428, "Version missing", detail) };
  }
  if (header === "*") return { refused: null, version: undefined };
  const digits = /^"?(\d{1,9})"?$/.exec(header)?.[1];
  if (digits) return { refused: null, version: Number(digits) };
  return {
    refused: problem(412, "Changed meanwhile", `No version is called ${header}. Nothing was changed.`),
  };
}
