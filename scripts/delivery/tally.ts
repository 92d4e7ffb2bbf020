import type { Answer } from "@/scripts/delivery/post-body";

/** Counts what was answered, and how fast. */
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

  /** Milliseconds within which this share of the answers came; 0 when there were none. */
  percentile(share: number): number {
    if (!this.#isSorted) this.#tookMs.sort((a, b) => a - b);
    this.#isSorted = true;
    return this.#tookMs[Math.max(0, Math.ceil(this.#tookMs.length * share) - 1)] ?? 0;
  }
}
