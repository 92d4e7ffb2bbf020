import { db } from "@/db/client";
import { route } from "@/lib/http/server/route";
import { channelChangeSchema } from "@/lib/notifications/channel";
import { changeChannel, deleteChannel } from "@/lib/notifications/server/manage";
import { uuidSchema } from "@/lib/read-uuid";

const path = "/api/notification-channels/[channelId]";
const params = { channelId: uuidSchema };
const notFound = { detail: "Channel not found." };

export const PATCH = route("PATCH", path, {
  access: "settings.manage",
  summary: "Change a channel's delay, or switch it on or off",
  params,
  body: channelChangeSchema,
  answer: null,
  notFound,
  handle: async ({ params, body, by, notFound }) =>
    (await changeChannel(db, params.channelId, body, by)) ? null : notFound(),
});

export const DELETE = route("DELETE", path, {
  access: "settings.manage",
  summary: "Delete a channel and its pending notifications",
  params,
  answer: null,
  notFound,
  handle: async ({ params, by, notFound }) =>
    (await deleteChannel(db, params.channelId, by)) ? null : notFound(),
});
