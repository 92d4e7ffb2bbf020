import { db } from "@/db/client";
import { getSetupState } from "@/lib/credentials/server/manage";
import { setupStateSchema } from "@/lib/credentials/setup";
import { route } from "@/lib/http/server/route";

/** What the setup check polls. */
export const GET = route("GET", "/api/setup", {
  access: "credentials.manage",
  summary: "The newest delivery that was let in, and those that were not, explained",
  answer: setupStateSchema,
  handle: () => getSetupState(db),
});
