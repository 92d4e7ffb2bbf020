import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";

/**
 * When a credential last let a delivery in, to the minute. A table of its own: VAPI_WEBHOOK_SECRET is a credential
 * without a row ("environment-1", …), and noting a use must not touch what verification reads.
 */
export const credentialUses = pgTable("credential_uses", {
  credentialId: text().primaryKey(),
  lastUsedAt: moment().notNull(),
});
