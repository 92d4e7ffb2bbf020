import { db } from "@/db/client";
import { restoreChange } from "@/lib/connect/server/restore";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { uuidSchema } from "@/lib/read-uuid";

export const POST = route("POST", "/api/connect/changes/[changeId]/restore", {
  access: "settings.manage",
  summary: "Undo a change in Vapi; rejected if the fields have changed since",
  params: { changeId: uuidSchema },
  answer: null,
  notFound: { detail: "Change not found." },
  async handle({ params, by, notFound }) {
    const restored = await restoreChange(db, params.changeId, by);
    if (restored.outcome === "not-found") return notFound();
    return restored.outcome === "restored" ? null : problem(409, "Not restored", restored.why);
  },
});
