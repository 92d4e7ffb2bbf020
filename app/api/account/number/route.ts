import { db } from "@/db/client";
import { readOwnNumber } from "@/db/queries/control";
import { ownNumberSchema } from "@/lib/control/control";
import { setOwnNumber } from "@/lib/control/server/state";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

const path = "/api/account/number";
const noPerson = () => problem(409, "Not for API keys", "An API key has no phone number.");

export const GET = route("GET", path, {
  access: "account.own",
  summary: "Get your own number, used to take over calls",
  answer: ownNumberSchema,
  handle: async ({ actor }) =>
    actor.kind === "person" ? { number: await readOwnNumber(db, actor.id) } : noPerson(),
});

export const PUT = route("PUT", path, {
  access: "account.own",
  summary: "Set or remove your own number",
  body: ownNumberSchema,
  answer: null,
  async handle({ actor, body, by }) {
    if (actor.kind !== "person") return noPerson();
    await setOwnNumber(actor.id, body.number, by);
    return null;
  },
});
