import { cleanText } from "@/lib/clean-text";

/** Two rows of one key; a value that fits no type; a constraint; a limit of PostgreSQL's own. */
const contentClasses = new Set(["21", "22", "23", "54"]);
/** What our own code throws over content: it would throw the same again. */
const contentErrors: readonly unknown[] = [RangeError, SyntaxError, URIError];

/**
 * Why something can never be kept, in words without data of a caller; null for an error that may pass: a database that is
 * down, slow or locked. By SQLSTATE class, PostgreSQL manual, appendix A.
 */
export function readContentFault(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  // Drizzle wraps what the driver threw.
  if (cause.cause instanceof Error) return readContentFault(cause.cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (/^[0-9A-Z]{5}$/.test(code) && contentClasses.has(code.slice(0, 2))) {
    return `PostgreSQL refuses it: ${withoutValues(cause.message, code)} (${code})`;
  }
  return contentErrors.includes(cause.constructor) ? `It cannot be processed (${cause.name})` : null;
}

/** Messages of class 22 quote the value that did not fit. */
function withoutValues(message: string, code: string): string {
  const plain = code.startsWith("22") ? message.replace(/[:"].*$/s, "").trim() : message;
  return cleanText(plain, 200);
}

interface Failure {
  item: string;
  reason: string;
}

/** Halves a batch until what fails stands alone. Returns what failed. */
export async function isolate(
  items: readonly string[],
  work: (items: string[]) => Promise<unknown>,
): Promise<Failure[]> {
  const [item] = items;
  if (item === undefined) return [];
  try {
    await work([...items]);
    return [];
  } catch (cause) {
    const reason = readContentFault(cause);
    if (reason === null) throw cause;
    if (items.length === 1) return [{ item, reason }];
    const half = Math.ceil(items.length / 2);
    return [...(await isolate(items.slice(0, half), work)), ...(await isolate(items.slice(half), work))];
  }
}
