import { after } from "next/server";
import { controlAnswerSchema } from "@/lib/control/action";
import { controlRequestSchema, controlStateSchema } from "@/lib/control/control";
import { performControl } from "@/lib/control/server/perform";
import { readControlState } from "@/lib/control/server/state";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

const path = "/api/calls/[callId]/control";
const notFound = { title: "No such call", detail: "No events of this call have arrived." };

export const GET = route("GET", path, {
  access: "calls.control",
  summary: "Get a live call's available actions and transfer destinations",
  answer: controlStateSchema,
  notFound,
  handle: async ({ params: { callId }, actor, notFound }) =>
    (await readControlState(callId, actor)) ?? notFound(),
});

const titles: Readonly<Record<number, string>> = {
  404: "No such call",
  409: "Not possible now",
  422: "Cannot be done",
  502: "Vapi rejected it",
  504: "No response from Vapi",
};

/** A repeated `id` gets the same answer, and sends nothing. */
export const POST = route("POST", path, {
  access: "calls.control",
  summary: "Speak on, steer, mute, transfer, hand off or end a live call; each `id` takes effect once",
  body: controlRequestSchema,
  answer: controlAnswerSchema,
  notFound,
  async handle({ params: { callId }, body, actor, by }) {
    const { status, answer, later } = await performControl(callId, body, actor, by);
    after(later);
    if (status !== 200) return problem(status, titles[status] ?? "Failed", answer.detail);
    return { id: body.id, ...answer };
  },
});
