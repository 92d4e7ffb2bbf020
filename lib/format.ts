/** Returns how long before `now` (epoch ms) an ISO time was, in words; null from an hour on, where the time itself is shown. */
export function formatAgo(at: string, now: number): string | null {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : null;
}

/** Bytes → "812 B", "17 KB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1_000).toFixed(bytes < 9_950 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** "1 call", "1,204 calls". `noun` is singular and takes a plain "s". */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** US dollars → "$0.12"; below a cent, two significant digits: "$0.0042", "$0.000031". */
export function formatCost(usd: number): string {
  const size = Math.abs(usd);
  if (size === 0 || size >= 0.01) return `$${usd.toFixed(2)}`;
  // "9.95e-3" would round up to a cent.
  const digits = Math.min(100, 1 - Math.floor(Math.log10(size)));
  return Number(size.toFixed(digits)) >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(digits)}`;
}

const daySeconds = 24 * 60 * 60;

/** Milliseconds → "0:09", "14:02", "1:02:09", and "2 d" from a day on. Clamped at 0, since clocks of two machines differ. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= daySeconds) return `${Math.floor(seconds / daySeconds)} d`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Milliseconds → "0.8 s", "12 s": for latencies and pauses, which rarely reach a minute. */
export function formatSeconds(ms: number): string {
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** Milliseconds → "7 ms", "480 ms", "1.3 s": for processing times. */
export function formatMs(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : formatSeconds(ms);
}

/** Country calling codes of one and of two digits; all others have three (ITU-T E.164). */
const international =
  /^\+(?=\d{7,15}$)([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[1-9]\d\d)(\d+)$/;

/** "+15550100103" → "+1 555 010 0103"; other countries in groups of three; text that is not E.164 is returned unchanged. */
export function formatPhoneNumber(number: string): string {
  const [, code, rest = ""] = international.exec(number) ?? [];
  if (!code) return number;
  const american = code === "1" && rest.length === 10;
  const groups = american ? rest.replace(/^(...)(...)/, "$1 $2 ") : rest.replace(/(\d{3})(?=\d{2,})/g, "$1 ");
  return `+${code} ${groups}`;
}

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** Returns a language's English name: `es` → Spanish, `pt-BR` → Brazilian Portuguese. Unknown codes are returned unchanged. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Returns a structured-data key as readable text: "appointmentDate", "appointment_date" → "Appointment date". */
export function keyLabel(key: string): string {
  const words = key
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .join(" ");
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : key;
}
