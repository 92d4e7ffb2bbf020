import * as z from "zod";
import { mostSupervised, supervisedCallsSchema } from "@/lib/control/control";
import { readSupervision } from "@/lib/control/server/state";
import { commaList } from "@/lib/http/comma-list";
import { route } from "@/lib/http/server/route";

export const GET = route("GET", "/api/control/calls", {
  access: "calls.control",
  summary: "Check which of up to 100 calls accept actions and can be listened to",
  query: z.object({ ids: commaList(z.string().max(200), mostSupervised) }),
  answer: supervisedCallsSchema,
  handle: ({ query: { ids } }) => readSupervision(ids),
});
