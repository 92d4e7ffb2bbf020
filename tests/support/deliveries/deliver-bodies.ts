/** A separate process that reports when it is ready, reads bodies from its input and handles them all at once. */
import { text } from "node:stream/consumers";
import { z } from "zod";
import { db } from "@/db/client";
import { answerDelivery } from "@/lib/webhook/server/receive";

const headers = { "content-type": "application/json", "x-vapi-secret": "test-webhook-secret" };

process.stdout.write("ready");
const bodies = z.array(z.unknown()).parse(JSON.parse(await text(process.stdin)));
await Promise.all(
  bodies.map(async (body) => {
    const request = new Request("http://localhost:3000/api/webhook", {
      method: "POST",
      body: JSON.stringify(body),
      headers,
    });
    const { response, later } = await answerDelivery(request, null);
    if (response.status !== 200) process.exitCode = 1;
    await later;
  }),
);
await db.$client.end();
