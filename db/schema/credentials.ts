import { bigint, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { CredentialSettings } from "@/lib/credentials/credential";
import type { RejectionReason } from "@/lib/credentials/rejection";

/**
 * When a credential was last used, to the minute. A table of its own, because VAPI_WEBHOOK_SECRET is a credential without a
 * row ("environment-1", …), and recording a use must not lock the rows that verification reads.
 */
export const credentialUses = pgTable("credential_uses", {
  credentialId: text().primaryKey(),
  lastUsedAt: moment().notNull(),
});

/**
 * Credentials that Vapi may authenticate with. Several are valid at once, so that rotation has no gap: the old one stays
 * until `expiresAt`. Revoked and expired ones stay as history, so that a rejection can name them.
 */
export const webhookCredentials = pgTable("webhook_credentials", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  settings: jsonb().$type<CredentialSettings>().notNull(),
  /** sha256 in hex of a plain secret. */
  secretHash: text(),
  /** An HMAC key, sealed because verification needs the key itself (lib/secrets.ts). Either this or the hash is set. */
  sealedSecret: text(),
  /** The secret's last characters, to tell secrets apart. */
  hint: text(),
  /** CIDR ranges it is accepted from; empty: from anywhere. */
  addressRanges: jsonb().$type<string[]>().notNull().default([]),
  /** The id of the credential in Vapi, if Earshot created it there. */
  vapiId: text(),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment(),
  revokedAt: moment(),
});

/**
 * Rejected requests, grouped by what they have in common and counted. No bodies or header values are stored. Bounded
 * (db/queries/rejections.ts), so that outsiders cannot fill the disk.
 */
export const webhookRejections = pgTable("webhook_rejections", {
  /** A hash of the columns below except the count and times; the plain reason for groups beyond the limit. */
  key: text().primaryKey(),
  reason: text().$type<RejectionReason>().notNull(),
  /** The header that was checked. */
  header: text(),
  /** The credential that came closest. */
  credentialId: text(),
  /** What would have matched, if that could be determined. */
  found: text(),
  /** Names only, sorted. */
  headerNames: jsonb().$type<string[]>().notNull(),
  /** The sender's /24 of IPv4, or /48 of IPv6. */
  addressRange: text(),
  count: bigint({ mode: "number" }).notNull(),
  firstAt: moment().notNull(),
  lastAt: moment().notNull(),
});
