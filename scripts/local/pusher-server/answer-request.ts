import type { AppCredentials } from "./app-credentials";
import type { Channels } from "./channels";
import { findAuthProblem } from "./find-auth-problem";
import { getChannel } from "./get-channel";
import type { HttpAnswer } from "./http-answer";
import { listChannels } from "./list-channels";
import { listUsers } from "./list-users";
import { publishBatch } from "./publish-batch";
import { publishEvent } from "./publish-event";
import type { Users } from "./users";

type Server = { app: AppCredentials; channels: Channels; users: Users };

/** Answers one request of Pusher's HTTP API. */
export function answerRequest(server: Server, method: string, url: URL, body: Buffer): HttpAnswer {
  const { app, channels, users } = server;
  const [, appId, resource = "", name = "", part] =
    /^\/apps\/([^/]+)\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (appId !== app.id) return { status: 404, body: "Unknown app" };
  const problem = findAuthProblem(app, method, url, body);
  if (problem) return { status: 401, body: problem };

  if (method === "POST") {
    const parsed = parseJson(body);
    if (resource === "events") return publishEvent(channels, parsed);
    if (resource === "batch_events") return publishBatch(channels, parsed);
    if (resource === "users" && part === "terminate_connections") {
      users.terminate(decodeURIComponent(name));
      return { status: 200, body: {} };
    }
  }
  if (method === "GET" && resource === "channels") {
    if (!name) return listChannels(channels, url.searchParams);
    if (!part) return getChannel(channels, name, url.searchParams);
    if (part === "users") return listUsers(channels, name);
  }
  return { status: 404, body: "Not found" };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined; // each resource says what it expected
  }
}
