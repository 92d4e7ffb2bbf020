import type { Answer } from "@/scripts/delivery/post-body";

/** Counts responses by status and measures how fast they came. */
export class Tally {
  readonly statuses = new Map<number, number>();
  /** Posts that got no answer. */
  unanswered = 0;
  readonly #tookMs: number[] = [];
  #isSorted = true;

  add({ status, tookMs }: Answer): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    this.#tookMs.push(tookMs);
    this.#isSorted = false;
  }

  get answered(): number {
    return this.#tookMs.length;
  }

  get posted(): number {
    return this.answered + this.unanswered;
  }

  get hasSuccess(): boolean {
    return [...this.statuses.keys()].some((status) => status >= 200 && status < 300);
  }

  /** Milliseconds within which this share of the answers arrived; 0 without answers. */
  percentile(share: number): number {
    if (!this.#isSorted) this.#tookMs.sort((a, b) => a - b);
    this.#isSorted = true;
    return this.#tookMs[Math.max(0, Math.ceil(this.#tookMs.length * share) - 1)] ?? 0;
  }
}

/** `3,412 posted: 3,408 × 200, 4 × 503 · response time 6 ms (p50), 21 ms (p95)` */
export function describeTally(tally: Tally): string {
  const parts = [...tally.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count.toLocaleString("en")} × ${status}`);
  if (tally.unanswered) parts.push(`${tally.unanswered.toLocaleString("en")} without a response`);
  const counts = `${tally.posted.toLocaleString("en")} posted${parts.length ? `: ${parts.join(", ")}` : ""}`;
  if (!tally.answered) return counts;
  return `${counts} · response time ${milliseconds(tally, 0.5)} (p50), ${milliseconds(tally, 0.95)} (p95)`;
}

function milliseconds(tally: Tally, share: number): string {
  return `${Math.round(tally.percentile(share)).toLocaleString("en")} ms`;
}

/**
 * Explains in a sentence why this address will never accept a post.
 *
 * @returns null for an answer that may differ next time
 */
export function explainRefusal(url: URL, status: number): string | null {
  switch (status) {
    case 401:
      return `Earshot at ${url.origin} rejected the secret (401). Pass the one it uses with --secret or VAPI_WEBHOOK_SECRET.`;
    case 404:
    case 405:
      return `There is no webhook at ${url.href} (${status}). Is Earshot running there?`;
    default:
      return null;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing is listening there",
  ENOTFOUND: "the host does not exist",
  EAI_AGAIN: "the name could not be looked up",
  ETIMEDOUT: "it is not responding",
  ECONNRESET: "it closed the connection",
  EPROTO: "it does not speak TLS",
};

/** Explains in a sentence why an address could not be reached. */
export function explainSilence(url: URL, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error && error.message ? error.message : String(error));
  return `Earshot cannot be reached at ${url.origin}: ${reason}. Is it running (npm run dev)? Is --url right?`;
}
