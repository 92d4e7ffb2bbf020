import { UsageError } from "@/scripts/local/cli/read-options";

/**
 * Where deliveries of a conversation go.
 *
 * @param base Earshot's address, `http://localhost:3000`, or its webhook's, with or without a conversation
 * @param conversationUuid null to let the call's own id name the conversation
 * @throws a UsageError when `base` is no http address
 */
export function webhookUrl(base: string, conversationUuid: string | null): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${base}" is no address to post to: give one like http://localhost:3000.`);
  }
  const root = url.pathname.replace(/\/api\/webhook(\/.*)?$/, "").replace(/\/$/, "");
  url.pathname = `${root}/api/webhook${conversationUuid ? `/${conversationUuid}` : ""}`;
  return url;
}
