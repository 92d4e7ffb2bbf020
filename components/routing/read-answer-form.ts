import { readFields } from "@/components/form/read-fields";
import { readJson } from "@/lib/json-fault";

export type ReadForm<T> = { ok: true; value: T } | { ok: false; why: string };

/** Reads an answer from the form without validating it; null if none was chosen. */
export function readAnswerForm(form: FormData): ReadForm<object | null> {
  const text = readFields(
    form,
    ...([
      "kind",
      "target",
      "written",
      "overrides",
      "number",
      "extension",
      "sipUri",
      "message",
      "error",
    ] as const),
  );
  const { kind } = text;
  const optional = (name: "extension" | "message") =>
    text[name].trim() === "" ? {} : { [name]: text[name] };
  if (kind === "") return { ok: true, value: null };
  if (kind === "error") return { ok: true, value: { kind, error: text.error } };
  if (kind === "sip") return { ok: true, value: { kind, sipUri: text.sipUri, ...optional("message") } };
  if (kind === "number") {
    const number = text.number.replace(/[\s()-]/g, "");
    return { ok: true, value: { kind, number, ...optional("extension"), ...optional("message") } };
  }
  const overrides = readObject(text.overrides, "Overrides");
  if (!overrides.ok) return overrides;
  const rest = overrides.value && { overrides: overrides.value };
  if (kind === "assistant" || kind === "squad") {
    const written = readObject(text.written, kind === "squad" ? "Squad" : "Assistant");
    return written.ok ? { ok: true, value: { kind, [kind]: written.value ?? {}, ...rest } } : written;
  }
  const target = kind.replace("-id", "Id");
  return { ok: true, value: { kind, [target]: text.target, ...rest } };
}

function readObject(text: string, what: string): ReadForm<object | null> {
  if (text.trim() === "") return { ok: true, value: null };
  const { value, why } = readJson(text);
  if (why) return { ok: false, why: `${what}: ${why}` };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ok: true, value };
  return { ok: false, why: `${what}: write a JSON object, { … }.` };
}
