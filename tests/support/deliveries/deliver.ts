import { answerDelivery } from "@/lib/webhook/server/receive";

interface DeliverOptions {
  conversation?: string | null;
  headers?: Record<string, string>;
}

/** Posts one body to the webhook, as Vapi would. `later` resolves when the work after the response is done. */
export async function postDelivery(
  body: unknown,
  { conversation = null, headers = {} }: DeliverOptions = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request("http://localhost:3000/api/webhook", {
    method: "POST",
    body: text,
    headers: {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(text)),
      "x-vapi-secret": "test-webhook-secret",
      ...headers,
    },
  });
  const { response, later } = await answerDelivery(request, conversation);
  return { status: response.status, body: await response.json(), later };
}

/** The same, and waits for the work after the response. */
export async function deliver(body: unknown, options?: DeliverOptions) {
  const { later, ...answer } = await postDelivery(body, options);
  await later;
  return answer;
}
