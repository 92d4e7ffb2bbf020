import "server-only";
import { withDeadline } from "@/lib/async";

interface Options<T, F> {
  /** Reads the current value. */
  load: () => Promise<T>;
  /** A value younger than this is not loaded again. Age counts from the start of its load, which misses later changes. */
  freshMs: number;
  /** Up to this age, the value is returned while a newer one loads in the background; `freshMs` by default. */
  usableMs?: number;
  /** A load that takes longer counts as failed: the next one starts without it, but its late result is still kept. */
  timeoutMs?: number;
  /** The same until a load has succeeded: after a start everything is slow, and there is no value to return; `timeoutMs` by default. */
  firstTimeoutMs?: number;
  /** How long `get` waits for a load. */
  maxWaitMs?: number;
  /** After a wait timed out, `get` does not wait again for this long. */
  noWaitMs?: number;
  /** How long the last value is returned while loads fail; forever by default. */
  trustMs?: number;
  /** Minimum time between the starts of two loads, even if the first failed. */
  pauseMs?: number;
  /** Returned when no value is known, or the last one is too old to trust. */
  fallback: () => F;
  /** Called once per failed load, with the value returned in its place. */
  onFailure: (cause: unknown, standIn: T | F) => void;
}

interface Remembered<T, F> {
  /** Returns the value, waiting up to `maxWaitMs` for a fresh one. Never rejects. */
  get(maxWaitMs?: number): Promise<T | F>;
  /** Returns the value if it is fresh, without waiting. */
  peek(): T | null;
  /** Returns the last trusted value or the fallback, without waiting. */
  known(): T | F;
  /** Whether a load has ever succeeded. */
  isKnown(): boolean;
  /** Loads the value even if it is fresh, unless a load began within `pauseMs`. Never rejects. */
  refresh(maxWaitMs: number): Promise<void>;
  /** Loads the value now, regardless of other loads and without a timeout. @throws what `load` throws */
  reload(): Promise<T>;
  /** Stores a value that this process has just written; loads that began earlier no longer count. */
  keep(value: T): void;
  /** Call after a change: loads begun before it are used only while nothing newer can be had. */
  forget(): void;
}

/**
 * Caches a value that is stored elsewhere. Concurrent callers share one load; if it fails or takes too long, they get
 * the last known value.
 */
export function remembered<T, F>(options: Options<T, F>): Remembered<T, F> {
  const { load, freshMs, usableMs = freshMs, timeoutMs = Infinity, maxWaitMs = Infinity } = options;
  const {
    firstTimeoutMs = timeoutMs,
    noWaitMs = 0,
    trustMs = Infinity,
    pauseMs = 0,
    fallback,
    onFailure,
  } = options;
  /** `turn`: number of the load it came from. Of two overlapping loads, the one that began later wins. */
  let held: { value: T; askedAt: number; turn: number } | null = null;
  let loading: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let turn = 0;
  /** Loads up to this turn may not include the last change. */
  let outdated = 0;
  let noWaitUntil = Number.NEGATIVE_INFINITY;

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

  /** Starts a load or joins the running one; null within `pauseMs` of the last start. */
  const join = () => {
    if (loading || Date.now() - askedAt < pauseMs) return loading;
    askedAt = Date.now();
    const own = within(reload(), held ? timeoutMs : firstTimeoutMs)
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
      noWaitUntil = Date.now() + noWaitMs;
    });
  };

  return {
    known,
    reload,
    refresh,
    isKnown: () => held !== null,
    peek: () => (isYounger(freshMs) && held ? held.value : null),
    async get(waitMs = maxWaitMs) {
      if (!isYounger(freshMs)) {
        if (isYounger(usableMs) || Date.now() < noWaitUntil) join();
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
      noWaitUntil = Number.NEGATIVE_INFINITY;
    },
  };
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return ms === Infinity ? work : withDeadline(work, ms);
}
