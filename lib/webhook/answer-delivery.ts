import "server-only";
import { z } from "zod";
import { problem } from "@/lib/http/problem";
import { describeError, log } from "@/lib/log";
import { maxBodyBytes, readBody } from "@/lib/webhook/read-body";
import { type Envelope, readEnvelope } from "@/lib/webhook/read-envelope";
import { receiveEvent } from "@/lib/webhook/receive-event";
import { verifyRequest } from "@/lib/webhook/verify-request";

export interface Answered {
  response: Response;
  /** What goes on after the answer has left; settled at once where nothing does. Never rejects. */
  later: Promise<void>;
}

/**
 * One delivery, from request to response. 200 whenever it is kept or answered, malformed ones included (a resend
 * cannot mend them), and never 201: for tool calls Vapi ignores every other status.
 *
 * @param conversationUuid as it stands in the URL; null where the URL has none.
 */
export async function answerDelivery(request: Request, conversationUuid: string | null): Promise<Answered> {
  const receivedAt = new Date();
  if (conversationUuid !== null && !z.guid().safeParse(conversationUuid).success) {
    return refuse(404, "No such conversation", "The last part of a webhook URL is the conversation's UUID.");
  }
  if (!verifyRequest(request.headers)) {
    return refuse(
      401,
      "Not let in",
      "Send one of Earshot's webhook secrets as X-Vapi-Secret or as a Bearer token.",
    );
  }
  const body = await readBody(request);
  if (!body) return refuse(413, "Too large", `A body may have ${maxBodyBytes} bytes at most.`);
  const envelope = readEnvelope({ body, conversationUuid, headers: request.headers, receivedAt });
  if (!envelope) {
    return refuse(400, "Not a Vapi message", 'The body must be JSON of the form {"message": {"type": …}}.');
  }
  return answer(envelope);
}

async function answer(envelope: Envelope): Promise<Answered> {
  try {
    const { reply, later } = await receiveEvent(envelope);
    return { response: Response.json(reply), later };
  } catch (cause) {
    log("error", "an event was not recorded", {
      type: envelope.type,
      callId: envelope.callId,
      ...describeError(cause),
    });
    const detail = "The event could not be recorded and was not kept. Send it again.";
    return refuse(503, "Cannot record", detail, { "retry-after": "2" });
  }
}

function refuse(status: number, title: string, detail: string, headers?: HeadersInit): Answered {
  return { response: problem(status, title, detail, headers), later: Promise.resolve() };
}
