import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import type { HmacSettings, ShownCredential } from "@/lib/credentials/credential";
import { fetchJson } from "@/lib/http/client";

const explained = z.object({
  key: z.string(),
  what: z.string(),
  change: z.string(),
  headerNames: z.array(z.string()),
  addressRange: z.string().nullable(),
  count: z.number().int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});

/** The state the setup check works from: the newest accepted delivery, and the newest kinds of rejection. */
export const setupStateSchema = z.object({
  /** The server's clock, because a browser's may be wrong. */
  now: z.iso.datetime(),
  /** Null until the first event arrives. */
  admitted: z
    .object({
      credential: z.string(),
      /** To the minute: uses are recorded once a minute. */
      usedAt: z.iso.datetime(),
      lastEventAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  rejections: z.array(explained),
});

export type SetupState = z.infer<typeof setupStateSchema>;
export type ExplainedRejection = z.infer<typeof explained>;

/** `waiting`: nothing arrived; `working`: the newest delivery was accepted; `rejected`: the newest was rejected. */
export interface SetupVerdict {
  outcome: "waiting" | "working" | "rejected";
  /** Rejections since the page was opened. */
  rejections: ExplainedRejection[];
}

/** Uses are recorded at most once a minute, so one recorded this long ago may stand for a current delivery. */
const noteMs = 75_000;

/**
 * Decides whether the setup works, from what arrived since `since`.
 * @param since when the page was opened, by the server's clock (epoch ms)
 */
export function diagnoseSetup({ admitted, rejections }: SetupState, since: number): SetupVerdict {
  const from = since - noteMs;
  const fresh = rejections.filter(({ lastAt }) => Date.parse(lastAt) > from);
  const rejectedAt = latestOf(fresh.map(({ lastAt }) => lastAt));
  const admittedAt = admitted ? latestOf([admitted.usedAt, admitted.lastEventAt]) : 0;
  if (admittedAt > Math.max(from, rejectedAt)) return { outcome: "working", rejections: fresh };
  return { outcome: fresh.length > 0 ? "rejected" : "waiting", rejections: fresh };
}

function latestOf(times: readonly (string | null)[]): number {
  return Math.max(0, ...times.map((time) => (time === null ? 0 : Date.parse(time))));
}

/** One field of Vapi's credential form, under its label there. */
interface VapiField {
  name: string;
  value: string;
  isSecret?: true;
}

/**
 * Lists what to enter in Vapi (Settings → Integrations → Server Configuration → Add Custom Credential) for a newly
 * created credential.
 * @param tokenUrl our token endpoint
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export function listVapiFields({ settings, secret }: ShownCredential, tokenUrl: string): VapiField[] {
  switch (settings.kind) {
    case "secret":
      return bearer("X-Vapi-Secret", false, secret);
    case "bearer":
      return bearer(settings.header, settings.hasPrefix, secret);
    case "hmac":
      return hmac(settings, secret);
    case "oauth2":
      return [
        { name: "Authentication Type", value: "OAuth 2.0" },
        { name: "Token URL", value: tokenUrl },
        { name: "Client ID", value: settings.clientId },
        { name: "Client Secret", value: secret, isSecret: true },
      ];
  }
}

function bearer(header: string, hasPrefix: boolean, token: string): VapiField[] {
  return [
    { name: "Authentication Type", value: "Bearer Token" },
    { name: "Header Name", value: header },
    { name: "Include Bearer Prefix", value: hasPrefix ? "on" : "off" },
    { name: "Token", value: token, isSecret: true },
  ];
}

function hmac(settings: HmacSettings, secret: string): VapiField[] {
  const isTimed = settings.payloadFormat.includes("{timestamp}");
  const hasMessageId = settings.payloadFormat.includes("{svix-id}");
  return [
    { name: "Authentication Type", value: "HMAC" },
    { name: "Secret Key", value: secret, isSecret: true },
    { name: "Algorithm", value: settings.algorithm.toUpperCase() },
    { name: "Signature Header", value: settings.signatureHeader },
    ...(settings.signaturePrefix ? [{ name: "Signature Prefix", value: settings.signaturePrefix }] : []),
    { name: "Include Timestamp", value: isTimed ? "on" : "off" },
    ...(isTimed ? [{ name: "Timestamp Header", value: settings.timestampHeader }] : []),
    { name: "Payload Format", value: settings.payloadFormat },
    ...(hasMessageId ? [{ name: "Message ID Header", value: settings.messageIdHeader }] : []),
    { name: "Signature Encoding", value: settings.encoding },
    { name: "Secret Is Base64", value: settings.secretIsBase64 ? "on" : "off" },
  ];
}

const pollMs = 2_000;

/** The setup check, polled while its page is open. */
export function setupStateQuery() {
  return queryOptions({
    queryKey: ["setup"],
    queryFn: ({ signal }) => fetchJson("/api/setup", setupStateSchema, signal),
    refetchInterval: pollMs,
  });
}
