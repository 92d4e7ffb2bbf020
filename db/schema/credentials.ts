import { bigint, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { CredentialSettings } from "@/lib/credentials/credential";
import type { RefusalReason } from "@/lib/credentials/refusal";

/**
 * When a credential last let a delivery in, to the minute. A table of its own: VAPI_WEBHOOK_SECRET is a credential
 * without a row ("environment-1", …), and noting a use must not touch what verification reads.
 */
export const credentialUses = pgTable("credential_uses", {
  credentialId: text().primaryKey(),
  lastUsedAt: moment().notNull(),
});

/**
 * What Vapi may prove itself with. Several at once, so that rotation has no gap: a rotated one stays beside its
 * successor until `expiresAt`. Revoked and expired ones stay as history, and say so when somebody still sends them.
 */
export const webhookCredentials = pgTable("webhook_credentials", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  settings: jsonb().$type<CredentialSettings>().notNull(),
  /** sha256 in hex of a secret that is sent as it is. */
  secretHash: text(),
  /** An HMAC key, which verification needs itself (lib/secrets.ts). Either this or the hash is there. */
  sealedSecret: text(),
  /** The secret's last characters, to tell secrets apart. */
  hint: text(),
  /** CIDR ranges it is taken from; none: from anywhere. */
  addressRanges: jsonb().$type<string[]>().notNull().default([]),
  /** The id of the same credential in Vapi, where Earshot has made it there. */
  vapiId: text(),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment(),
  revokedAt: moment(),
});

/**
 * Deliveries that were not let in, counted by what they have in common: never a body, never a header's value.
 * Bounded (db/queries/refusals.ts), so that nobody can fill the disk from outside.
 */
export const webhookRefusals = pgTable("webhook_refusals", {
  /** A hash of everything below but the count and the times; the bare reason for what there was no room for. */
  key: text().primaryKey(),
  reason: text().$type<RefusalReason>().notNull(),
  /** The header that was judged. */
  header: text(),
  /** The credential it came nearest to. */
  credentialId: text(),
  /** What would have fitted, where that could be found out. */
  found: text(),
  /** Names only, sorted. */
  headerNames: jsonb().$type<string[]>().notNull(),
  /** Where from: a /24 of IPv4, a /48 of IPv6. */
  addressRange: text(),
  count: bigint({ mode: "number" }).notNull(),
  firstAt: moment().notNull(),
  lastAt: moment().notNull(),
});
