/** What every delivery has, and what proxies add on its way. */
const usual = new Set(
  `accept accept-encoding accept-language baggage cdn-loop connection content-length content-type cookie forwarded host
  sentry-trace traceparent tracestate user-agent via`.split(/\s+/),
);
const usualBeginnings = [
  "cf-",
  ...["forwarded", "real", "request", "vercel", "railway", "amzn", "cloud"].map((by) => `x-${by}-`),
];

/** The names of headers that may have carried a proof, out of all that came. */
export function notableHeaders(names: readonly string[]): string[] {
  return names.filter((name) => {
    const bare = name.replace(/ \(empty\)$/, "");
    return !usual.has(bare) && !usualBeginnings.some((beginning) => bare.startsWith(beginning));
  });
}
