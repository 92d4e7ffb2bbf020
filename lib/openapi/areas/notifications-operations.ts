import * as z from "zod";
import { channelChangeSchema, newChannelSchema } from "@/lib/notifications/channel";
import { notificationSchema } from "@/lib/notifications/notification";
import type { Operation } from "@/lib/openapi/operation";
import { listOf } from "@/lib/openapi/operation";

export const notificationsOperations: readonly Operation[] = [
  {
    path: "/api/notification-channels",
    method: "GET",
    summary: "Where alerts are told, without secrets",
    answer: listOf("channels"),
  },
  {
    path: "/api/notification-channels",
    method: "POST",
    summary: "Make a channel; its `key` is shown this once",
    body: { schema: newChannelSchema },
    answer: z.looseObject({ id: z.uuid() }),
    status: 201,
  },
  {
    path: "/api/notification-channels/[channelId]",
    method: "PATCH",
    summary: "Change when a channel is told, or whether",
    body: { schema: channelChangeSchema },
    answer: null,
    status: 204,
  },
  {
    path: "/api/notification-channels/[channelId]",
    method: "DELETE",
    summary: "Delete a channel, and what was to be sent there",
    answer: null,
    status: 204,
  },
  {
    path: "/api/notification-channels/[channelId]/test",
    method: "POST",
    summary: "Send a test, and hear what came of it",
    answer: z.object({ notification: notificationSchema.nullable() }),
  },
  {
    path: "/api/notifications",
    method: "GET",
    summary: "The newest hundred of the outbox with their attempts",
    answer: z.object({ notifications: z.array(notificationSchema) }),
  },
  {
    path: "/api/notifications/[notificationId]/retry",
    method: "POST",
    summary: "Try again now",
    answer: null,
    status: 204,
  },
];
