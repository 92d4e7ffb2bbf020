import { z } from "zod";
import type { AppCredentials } from "./app-credentials";
import { isSameText } from "./is-same-text";
import { sign } from "./sign";

const requestSchema = z.object({ auth: z.string(), user_data: z.string() });
const userSchema = z.object({ id: z.string().min(1) });

/**
 * Whom a connection belongs to by its `pusher:signin`, or null when the app's server has not signed
 * `socket_id::user::user_data` ("User authentication" in Pusher's documentation).
 */
export function signInUser({ key, secret }: AppCredentials, socketId: string, data: unknown) {
  const request = requestSchema.safeParse(data);
  if (!request.success) return null;
  const { auth, user_data: userData } = request.data;
  if (!isSameText(auth, `${key}:${sign(secret, `${socketId}::user::${userData}`)}`)) return null;
  const user = userSchema.safeParse(parseJson(userData));
  return user.success ? { id: user.data.id, userData } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema
  }
}
