import "server-only";
import { z } from "zod";
import { openSecret, sealSecret } from "@/lib/sealed-secret";
import { SpokenError } from "@/lib/tools/spoken-error";

const headersSchema = z.record(z.string(), z.string());

/** An endpoint's secret headers as they may lie in the database. */
export function sealHeaders(headers: Record<string, string>, endpointId: string) {
  const secretNames = Object.keys(headers);
  const sealedHeaders = secretNames.length > 0 ? sealSecret(JSON.stringify(headers), endpointId) : null;
  return { secretNames, sealedHeaders };
}

/** @throws SpokenError when BETTER_AUTH_SECRET has changed since */
export function openHeaders({ id, sealedHeaders }: { id: string; sealedHeaders: string | null }) {
  if (sealedHeaders === null) return {};
  const opened = openSecret(sealedHeaders, id);
  if (opened === null) throw new SpokenError("The service's key cannot be read. Nothing was done.");
  return headersSchema.parse(JSON.parse(opened));
}
