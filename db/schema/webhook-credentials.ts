import { jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { CredentialSettings } from "@/lib/credentials/credential";

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
  /** An HMAC key, which verification needs itself (lib/sealed-secret.ts). Either this or the hash is there. */
  sealedSecret: text(),
  /** The secret's last characters, to tell secrets apart. */
  hint: text(),
  /** CIDR ranges it is taken from; none: from anywhere. */
  addressRanges: jsonb().$type<string[]>().notNull().default([]),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment(),
  revokedAt: moment(),
});
