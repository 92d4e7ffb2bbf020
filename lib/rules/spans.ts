/** Evidence that a condition holds: when it became true (epoch ms), and a text. */
export interface Sign {
  at: number;
  text: string | null;
}

/** A span in which a condition holds; `until` is null while nothing ends it. Epoch ms. */
export interface TimeSpan {
  from: number;
  until: number | null;
  sign: Sign;
}

const endOf = ({ until }: TimeSpan) => until ?? Number.POSITIVE_INFINITY;
const toUntil = (end: number) => (end === Number.POSITIVE_INFINITY ? null : end);

/** Returns the span from a moment on that nothing ends. */
export function since(at: number, text: string | null): TimeSpan {
  return { from: at, until: null, sign: { at, text } };
}

/** Returns where any of the spans holds; touching spans are joined and keep the first sign. */
export function unite(spans: readonly TimeSpan[]): TimeSpan[] {
  const united: TimeSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last && endOf(last) >= span.from) last.until = toUntil(Math.max(endOf(last), endOf(span)));
    else united.push({ ...span });
  }
  return united;
}

/** Returns where both hold, in spans that do not overlap, each with the later sign. */
export function intersect(a: readonly TimeSpan[], b: readonly TimeSpan[]): TimeSpan[] {
  return a
    .flatMap((one) =>
      b.flatMap((other) => {
        const later = other.from > one.from ? other : one;
        const end = Math.min(endOf(one), endOf(other));
        return later.from < end ? [{ from: later.from, until: toUntil(end), sign: later.sign }] : [];
      }),
    )
    .sort((x, y) => x.from - y.from);
}

/** Returns where none of the spans holds, from `start` on. */
export function complement(spans: readonly TimeSpan[], start: number): TimeSpan[] {
  const gaps: TimeSpan[] = [];
  let from = start;
  for (const span of unite(spans)) {
    if (span.from > from) gaps.push({ from, until: span.from, sign: { at: from, text: null } });
    from = Math.max(from, endOf(span));
  }
  if (from < Number.POSITIVE_INFINITY) gaps.push({ from, until: null, sign: { at: from, text: null } });
  return gaps;
}
