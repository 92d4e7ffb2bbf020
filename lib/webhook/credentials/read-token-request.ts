import "server-only";
import { z } from "zod";
import { parseJson } from "@/lib/parse-json";

/** What our token endpoint is asked for, by whom. */
export interface TokenRequest {
  clientId: string;
  clientSecret: string;
}

/** An error of RFC 6749 §5.2. */
export interface TokenError {
  error: "invalid_request" | "invalid_client" | "unsupported_grant_type";
  error_description: string;
}

const jsonSchema = z.record(z.string(), z.string());

/**
 * Reads a client-credentials request (RFC 6749 §4.4.2): a form, the client in it or in HTTP Basic. JSON is taken too:
 * which of the two Vapi sends is not documented.
 */
export function readTokenRequest(headers: Headers, body: string): TokenRequest | TokenError {
  const fields = readFields(headers.get("content-type") ?? "", body);
  if (!fields) return invalid("Send a form with each field once: application/x-www-form-urlencoded.");
  const grant = fields.get("grant_type");
  if (!grant) return invalid("grant_type is missing.");
  if (grant !== "client_credentials") {
    return { error: "unsupported_grant_type", error_description: "Only client_credentials is given here." };
  }
  const authorization = headers.get("authorization");
  const secret = fields.get("client_secret");
  if (authorization !== null) {
    if (secret !== undefined) return invalid("The client proved itself in two ways at once.");
    return readBasic(authorization) ?? unknownClient;
  }
  const clientId = fields.get("client_id");
  return clientId && secret ? { clientId, clientSecret: secret } : unknownClient;
}

/** What is said to a client nobody knows, or whose secret is wrong: the same to both. */
export const unknownClient: TokenError = {
  error: "invalid_client",
  error_description: "This client is not known, or its secret is wrong.",
};

/** Null when it is no form and no flat JSON, or says something twice. */
function readFields(contentType: string, body: string): Map<string, string> | null {
  if (/^application\/json\b/i.test(contentType)) {
    const parsed = jsonSchema.safeParse(tryToParse(body));
    return parsed.success ? new Map(Object.entries(parsed.data)) : null;
  }
  const entries = [...new URLSearchParams(body)];
  const fields = new Map(entries);
  return fields.size === entries.length ? fields : null;
}

/** Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1). */
function readBasic(authorization: string): TokenRequest | null {
  const [, encoded] = /^Basic +([\w+/=-]+)$/i.exec(authorization) ?? [];
  const pair = Buffer.from(encoded ?? "", "base64").toString();
  const colon = pair.indexOf(":");
  if (colon < 1 || colon === pair.length - 1) return null;
  const [clientId, clientSecret] = [pair.slice(0, colon), pair.slice(colon + 1)].map(decodeField);
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

function decodeField(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}

function tryToParse(text: string): unknown {
  try {
    return parseJson(text).value;
  } catch {
    return null;
  }
}

function invalid(error_description: string): TokenError {
  return { error: "invalid_request", error_description };
}
