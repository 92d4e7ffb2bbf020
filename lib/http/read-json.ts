import { type ZodType, z } from "zod";
import { problem } from "@/lib/http/problem";
import { readText } from "@/lib/http/read-body";
import { type ParsedJson, parseJson } from "@/lib/parse-json";

export type JsonBody<T> = { refused: Response; value?: never } | { refused: null; value: T };

/**
 * A request's JSON body in the shape of a schema, or the answer to send instead: 415 when it is not declared as
 * JSON (a form on another site cannot declare it), 413 beyond 256 KB, 408 when it is slow, 400 when it is no JSON, 422 when
 * it does not fit.
 * @param types the media types it may be declared as
 */
export async function readJson<T>(
  request: Request,
  schema: ZodType<T>,
  types: readonly string[] = ["application/json"],
): Promise<JsonBody<T>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!type || !types.includes(type))
    return refuse(415, "Not JSON", `Send content-type: ${types.join(" or ")}.`);
  const body = await readText(request);
  if (body.refused) return body;

  const parsed = tryToParse(body.text);
  if (!parsed) return refuse(400, "Not JSON", "The body is no JSON.");
  const [cut] = parsed.cuts;
  if (cut) return refuse(422, "Invalid", `${cut.path}: ${cut.message}`);
  if (parsed.isMended) return refuse(422, "Invalid", "A text holds NUL or half of a surrogate pair.");
  const result = schema.safeParse(parsed.value);
  if (!result.success) return refuse(422, "Invalid", z.prettifyError(result.error));
  return { refused: null, value: result.data };
}

function refuse(status: number, title: string, detail: string): { refused: Response } {
  return { refused: problem(status, title, detail) };
}

function tryToParse(text: string): ParsedJson | null {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
