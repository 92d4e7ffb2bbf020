import { readLocalSecrets } from "@/scripts/local/stack/read-local-secrets";

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]);

/**
 * The secret to send: the one given, else the first of VAPI_WEBHOOK_SECRET, else, for an Earshot on this machine, the
 * one that its scripts made for it.
 */
export function chooseSecret(given: string | undefined, url: URL): string {
  if (given !== undefined) return given;
  const [first] = (process.env.VAPI_WEBHOOK_SECRET ?? "").split(",");
  if (first?.trim()) return first.trim();
  return localHosts.has(url.hostname) ? readLocalSecrets().vapiWebhookSecret : "";
}
