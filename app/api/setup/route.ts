import { db } from "@/db/client";
import { getSetupState } from "@/lib/credentials/server/manage";
import { setupStateSchema } from "@/lib/credentials/setup";
import { route } from "@/lib/http/server/route";

/** Polled by the setup check. */
export const GET = route("GET", "/api/setup", {
  access: "credentials.manage",
  summary: "Get the last accepted event and recent rejections, explained",
  answer: setupStateSchema,
  handle: () => getSetupState(db),
});
