import "server-only";
import { type ZodType, z } from "zod";
import type { BodyFailure } from "@/lib/http/body-failure";
import { type ParsedJson, parseJson } from "@/lib/parse-json";
import { requestId } from "@/lib/request-id";

/**
 * An error response as an RFC 9457 problem document, with the id that the log has for the request.
 * @param title the kind of problem, always in the same words
 * @param detail what happened and what to do, for a person to read
 */
export function problem(status: number, title: string, detail: string, headers: HeadersInit = {}): Response {
  const response = Response.json({ title, status, detail }, { status, headers });
  response.headers.set("content-type", "application/problem+json");
  response.headers.set("cache-control", "no-store");
  const id = requestId();
  if (id) response.headers.set("x-request-id", id);
  return response;
}

export interface BodyLimits {
  maxBytes: number;
  /** For the whole body, so that a byte a second does not hold a connection open. */
  timeoutMs: number;
}

/** For all bodies whose route sets no limits of its own. */
const usualLimits: BodyLimits = { maxBytes: 256 * 1024, timeoutMs: 15_000 };

type BodyText = { refused: Response; text?: never } | { refused: null; text: string };

/**
 * Returns the raw bytes of a request, or why they could not be read. Reads no more than `maxBytes`, whatever
 * Content-Length is. Joins the chunks once: `arrayBuffer()` copies the joined bytes, and copies are the cost of large bodies.
 * After a failure the rest is left unread: cancelling it would close the connection before the response is sent.
 */
export async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: BodyLimits = usualLimits,
): Promise<Uint8Array | BodyFailure> {
  if (Number(request.headers.get("content-length")) > maxBytes) return "too-large";
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const deadline = startDeadline(timeoutMs);
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), deadline.passed]);
      if (!read) return "too-slow";
      if (read.done) break;
      bytes += read.value.byteLength;
      if (bytes > maxBytes) return "too-large";
      chunks.push(read.value);
    }
  } catch {
    return "incomplete";
  } finally {
    deadline.stop();
  }
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks, bytes);
}

/** Returns a request's body as text, or the response to send instead. */
export async function readText(request: Request, limits: BodyLimits = usualLimits): Promise<BodyText> {
  const body = await readBody(request, limits);
  return typeof body === "string"
    ? { refused: bodyProblem(body, limits) }
    : { refused: null, text: new TextDecoder().decode(body) };
}

/** Response to a body that could not be read. It ends the connection, because the rest of the body is still coming. */
export function bodyProblem(failure: BodyFailure, { maxBytes, timeoutMs }: BodyLimits = usualLimits) {
  const headers = { connection: "close" };
  switch (failure) {
    case "too-large":
      return problem(413, "Too large", `The body can have up to ${maxBytes / 1024} KB.`, headers);
    case "too-slow":
      return problem(408, "Too slow", `The body did not arrive within ${timeoutMs / 1000} s.`, headers);
    case "incomplete":
      return problem(400, "Incomplete", "The body ended before it was complete.", headers);
  }
}

function startDeadline(timeoutMs: number): { passed: Promise<null>; stop: () => void } {
  let stop = () => {};
  const passed = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    stop = () => clearTimeout(timer);
  });
  return { passed, stop };
}

type IfMatch = { refused: Response; version?: never } | { refused: null; version: number | undefined };

/**
 * Returns the version that a change is based on, from `If-Match: "12"` (with or without quotes); undefined for `*`, which
 * means any. Otherwise the response to send instead: 428 (RFC 6585) without the header, 412 for a malformed version.
 */
export function readIfMatch(request: Request): IfMatch {
  const header = request.headers.get("if-match")?.trim();
  if (!header) {
    const detail = 'Send the version you read with GET: If-Match: "<version>".';
    return { refused: problem(428, "Version missing", detail) };
  }
  if (header === "*") return { refused: null, version: undefined };
  const digits = /^"?(\d{1,9})"?$/.exec(header)?.[1];
  if (digits) return { refused: null, version: Number(digits) };
  return {
    refused: problem(412, "Version conflict", `Unknown version ${header}. Nothing was changed.`),
  };
}

type JsonBody<T> = { refused: Response; value?: never } | { refused: null; value: T };

/**
 * Returns a request's JSON body in the shape of a schema, or the response to send instead: 415 when it is not declared
 * as JSON (a form on another site cannot declare it), 413 beyond `maxBytes`, 408 when it is slow, 400 when it is not JSON,
 * 422 when it does not match the schema.
 * @param types the media types it may be declared as
 */
export async function readJson<T>(
  request: Request,
  schema: ZodType<T>,
  types: readonly string[] = ["application/json"],
  maxBytes = usualLimits.maxBytes,
): Promise<JsonBody<T>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!type || !types.includes(type))
    return refuse(415, "Not JSON", `Send content-type: ${types.join(" or ")}.`);
  const body = await readText(request, { ...usualLimits, maxBytes });
  if (body.refused) return body;

  const parsed = tryToParse(body.text);
  if (!parsed) return refuse(400, "Not JSON", "The body is not JSON.");
  const [cut] = parsed.cuts;
  if (cut) return refuse(422, "Invalid", `${cut.path}: ${cut.message}`);
  if (parsed.isCleaned) return refuse(422, "Invalid", "A text contains NUL or half a surrogate pair.");
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

/**
 * One line of CSV (RFC 4180), with its line break. A cell that a spreadsheet would run as a formula gets an apostrophe
 * in front, so that user input is never calculated. Spreadsheets skip blanks and read full-width signs as plain ones. A
 * phone number stays as it is: it calculates nothing, and other systems import it.
 */
export function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => toCell(cell)).join(",")}\r\n`;
}

const phoneNumber = /^\+\d[\d ().-]{3,30}$/;

function toCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const isFormula = /^[\t\r\n]/.test(cell) || /^[=+\-@＝＋－＠]/.test(cell.trimStart());
  const inert = isFormula && !phoneNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Streams text as the body of a Response: each piece is generated when the reader is ready for it. */
export function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
