import "server-only";
import { postOutside } from "@/lib/http/server/post-outside";
import { type ChannelSender, readSecret } from "@/lib/notifications/server/channels/sender";

/** A Microsoft Teams channel, through a workflow that posts the adaptive card its webhook receives. */
export const teams: ChannelSender<"teams"> = {
  // Anyone with the signed URL can post, so it is a secret.
  create: ({ url }) => ({ target: `${new URL(url).host}/…${url.slice(-4)}`, secret: url, key: null }),
  async send(channel, _id, { title, detail, url }) {
    const card = {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.4",
      body: [
        { type: "TextBlock", text: title, weight: "Bolder", size: "Medium", wrap: true },
        { type: "TextBlock", text: detail, isSubtle: true, wrap: true },
      ],
      actions: [{ type: "Action.OpenUrl", title: "Open in Earshot", url }],
    };
    const contentType = "application/vnd.microsoft.card.adaptive";
    const body = JSON.stringify({
      type: "message",
      attachments: [{ contentType, contentUrl: null, content: card }],
    });
    await postOutside(readSecret(channel), body, { "content-type": "application/json" });
    return null;
  },
};
