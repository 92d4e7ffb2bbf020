import { db } from "@/db/client";
import { addressChangeSchema } from "@/lib/credentials/credential";
import { setWebhookAddresses } from "@/lib/credentials/server/manage";
import { route } from "@/lib/http/server/route";

/** Addresses or CIDR ranges; empty: from anywhere. */
export const PUT = route("PUT", "/api/credentials/addresses", {
  access: "credentials.manage",
  summary: "Set the networks that events are accepted from",
  body: addressChangeSchema,
  answer: null,
  async handle({ body, by }) {
    await setWebhookAddresses(db, body.ranges, by);
    return null;
  },
});
