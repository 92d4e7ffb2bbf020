import "server-only";
import { withDeadline } from "@/lib/async";

interface Options<T, F> {
  /** Reads the value anew. */
  load: () => Promise<T>;
  /** For this long nobody loads it again. Counted from when a load began: a change since then is not in it. */
  freshMs: number;
  /** Up to this age it serves while a newer one is loaded in the background; `freshMs` by default. */
  usableMs?: number;
  /** A load that takes longer has failed: the next one does not wait for it, though what it brings late is kept. */
  timeoutMs?: number;
  /** How long one who asks waits for a load. */
  patienceMs?: number;
  /** After a wait that ran out nobody waits for so long. */
  impatientMs?: number;
  /** How long what was known stands in while loads fail; for ever by default. */
  trustMs?: number;
  /** After a load began, no other begins for so long, not even where it failed. */
  pauseMs?: number;
  /** What is answered where nothing is known, or it is trusted no longer. */
  fallback: () => F;
  /** Once for each load that failed, with what stands in for it. */
  onFailure: (cause: unknown, standIn: T | F) => void;
}

export interface Remembered<T, F> {
  /** The value, fresh where it can be had within the patience. Never rejects. */
  get(patienceMs?: number): Promise<T | F>;
  /** The value if it is fresh, without a wait. */
  peek(): T | null;
  /** Whatever would stand in now, without a wait. */
  known(): T | F;
  /** Whether a load has ever succeeded. */
  isKnown(): boolean;
  /** Loads it although it is fresh, unless a load began within the pause. Never rejects. */
  refresh(patienceMs: number): Promise<void>;
  /** Loads it now, whatever else is being loaded, and for as long as it takes. @throws what `load` throws */
  reload(): Promise<T>;
  /** Takes in what this process has just written: no load that began before counts any more. */
  keep(value: T): void;
  /** After a change: what was loaded, or is being loaded, serves only where nothing newer can be had. */
  forget(): void;
}

/**
 * A value that lives elsewhere and is kept in memory while it is fresh. All who ask while it is loaded wait for the same
 * load; where that fails or takes too long, what was known stands in.
 */
export function remembered<T, F>(options: Options<T, F>): Remembered<T, F> {
  const { load, freshMs, usableMs = freshMs, timeoutMs = Infinity, patienceMs = Infinity } = options;
  const { impatientMs = 0, trustMs = Infinity, pauseMs = 0, fallback, onFailure } = options;
  /** `turn`: which load it is of. Of two that overlap, the one that began later counts. */
  let held: { value: T; askedAt: number; turn: number } | null = null;
  let loading: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let turn = 0;
  /** Loads up to this one may not show the last change. */
  let outdated = 0;
  let impatientUntil = Number.NEGATIVE_INFINITY;

  const isYounger = (ageMs: number) =>
    held !== null && held.turn > outdated && Date.now() - held.askedAt < ageMs;

  const known = () =>
    held !== null && (isYounger(freshMs) || Date.now() - held.askedAt < trustMs) ? held.value : fallback();

  const reload = async () => {
    turn += 1;
    const own = { askedAt: Date.now(), turn };
    const value = await load();
    if (!held || held.turn < own.turn) held = { value, ...own };
    return value;
  };

  /** Begins a load or joins the one under way; null within the pause. */
  const join = () => {
    if (loading || Date.now() - askedAt < pauseMs) return loading;
    askedAt = Date.now();
    const own = within(reload(), timeoutMs)
      .then(
        () => {},
        (cause: unknown) => onFailure(cause, known()),
      )
      .finally(() => {
        if (loading === own) loading = null;
      });
    loading = own;
    return own;
  };

  const refresh = async (waitMs: number) => {
    const work = join();
    if (!work) return;
    await within(work, waitMs).catch(() => {
      impatientUntil = Date.now() + impatientMs;
    });
  };

  return {
    known,
    reload,
    refresh,
    isKnown: () => held !== null,
    peek: () => (isYounger(freshMs) && held ? held.value : null),
    async get(waitMs = patienceMs) {
      if (!isYounger(freshMs)) {
        if (isYounger(usableMs) || Date.now() < impatientUntil) join();
        else await refresh(waitMs);
      }
      return known();
    },
    keep(value) {
      turn += 1;
      held = { value, askedAt: Date.now(), turn };
    },
    forget() {
      outdated = turn;
      loading = null;
      askedAt = Number.NEGATIVE_INFINITY;
      impatientUntil = Number.NEGATIVE_INFINITY;
    },
  };
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return ms === Infinity ? work : withDeadline(work, ms);
}
