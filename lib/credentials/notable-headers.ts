/** What every delivery has, and what proxies add on its way. */
const usual =
  /^(accept(-encoding|-language)?|baggage|cdn-loop|cf-.*|connection|content-(length|type)|cookie|forwarded|host|sentry-trace|trace(parent|state)|user-agent|via|x-(forwarded|real|request|vercel|railway|amzn|cloud)-.*)$/;

/** The names of headers that may have carried a proof, out of all that came. */
export function notableHeaders(names: readonly string[]): string[] {
  return names.filter((name) => !usual.test(name.replace(/ \(empty\)$/, "")));
}
