import { z } from "zod";
import { db } from "@/db/client";
import { listChannels } from "@/db/queries/notifications/read";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { newChannelSchema } from "@/lib/notifications/channel";
import { createChannel } from "@/lib/notifications/server/manage";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/notification-channels", {
  access: "settings.manage",
  summary: "List notification channels, without secrets",
  answer: listOf("channels"),
  handle: async () => ({ channels: await listChannels(db) }),
});

/** `key` signs a webhook's notifications. */
export const POST = route("POST", "/api/notification-channels", {
  access: "settings.manage",
  summary: "Create a channel; its `key` is only shown in this response",
  body: newChannelSchema,
  answer: z.looseObject({ id: z.uuid() }),
  status: 201,
  async handle({ body, by }) {
    const created = await createChannel(db, body, by);
    return created ?? problem(409, "Already exists", "A push channel already exists. Change that one.");
  },
});
