import { db } from "@/db/client";
import { tryKey, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { env } from "@/lib/env";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { newKeySchema } from "@/lib/vapi/key";
import { saveVapiKey } from "@/lib/vapi/server/key";

const byEnvironment = () =>
  problem(409, "Set by the environment", "VAPI_API_KEY is set in the environment. Change it there.");

export const PUT = route("PUT", "/api/connect/key", {
  access: "settings.manage",
  summary: "Save Vapi's private API key if Vapi accepts it; it is never shown again",
  body: newKeySchema,
  answer: null,
  async handle({ body: { key }, by }) {
    if (env.VAPI_API_KEY) return byEnvironment();
    try {
      await tryKey(key);
    } catch (cause) {
      if (!(cause instanceof VapiRequestError)) throw cause;
      return problem(422, "Not saved", `${cause.message} The key was not saved.`);
    }
    await saveVapiKey(db, key, by);
    return null;
  },
});

export const DELETE = route("DELETE", "/api/connect/key", {
  access: "settings.manage",
  summary: "Remove the saved API key; changes made in Vapi are kept",
  answer: null,
  async handle({ by }) {
    if (env.VAPI_API_KEY) return byEnvironment();
    await saveVapiKey(db, null, by);
    return null;
  },
});
