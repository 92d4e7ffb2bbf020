import { channelKind } from "./channel-kind";
import type { Channels } from "./channels";
import type { HttpAnswer } from "./http-answer";

/** GET /channels/{name}/users: who is on a presence channel, each person once. */
export function listUsers(channels: Channels, name: string): HttpAnswer {
  if (channelKind(name) !== "presence") return { status: 400, body: "Only presence channels have users" };
  const users = [...channels.listMembers(name).keys()].map((id) => ({ id }));
  return { status: 200, body: { users } };
}
