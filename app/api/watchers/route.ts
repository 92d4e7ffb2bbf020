import { z } from "zod";
import { db } from "@/db/client";
import { listMembers } from "@/db/queries/realtime";
import { route } from "@/lib/http/server/route";
import type { Watchers } from "@/lib/realtime/push";
import { findPresenceCall } from "@/lib/realtime/push";

export const GET = route("GET", "/api/watchers", {
  access: "calls.view",
  summary: "List who has which call open, by call ID",
  answer: z.object({ watchers: z.record(z.string(), z.array(z.looseObject({}))) }),
  async handle() {
    const watchers: Watchers = {};
    for (const { channel, id, name } of await listMembers(db)) {
      const callId = findPresenceCall(channel);
      if (callId !== null) watchers[callId] = [...(watchers[callId] ?? []), { id, name }];
    }
    return { watchers };
  },
});
