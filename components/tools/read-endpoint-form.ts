import { readFields } from "@/components/form/read-fields";
import { parseJson } from "@/components/tools/parse-json";

/** An endpoint's form as the API takes it, or a sentence where it cannot be read; the API says what else is wrong. */
export function readEndpointForm(form: FormData): { body: object } | { mistake: string } {
  const texts = readFields(form, "name", "description", "effect", "method", "url", "sentence", "timeoutMs");
  const codes = readFields(form, "parameters", "body", "headers", "secrets");
  const parameters = parseJson(codes.parameters);
  if (parameters === undefined) return { mistake: "The parameters are no JSON." };
  const body = codes.body.trim() === "" ? null : parseJson(codes.body);
  if (body === undefined) return { mistake: "The body is no JSON." };
  const headers = readHeaders(codes.headers);
  const secrets = readHeaders(codes.secrets);
  if (!headers || !secrets)
    return { mistake: "Write each header on a line of its own, like Accept-Language: en." };
  return {
    body: {
      ...texts,
      timeoutMs: Number(texts.timeoutMs),
      parameters,
      body,
      headers,
      ...(codes.secrets.trim() && { secrets }),
      isEnabled: form.get("isEnabled") !== null,
    },
  };
}

/** "Name: value", a line each. Null where a line has no colon. */
function readHeaders(text: string): Record<string, string> | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map((line): [name: string, value: string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return pairs.every(([name]) => /^\S+$/.test(name)) ? Object.fromEntries(pairs) : null;
}
