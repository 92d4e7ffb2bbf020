import { parseAsString, parseAsStringLiteral } from "nuqs";
import { outcomes } from "@/lib/calls/report";
import { lasts } from "@/lib/events/event";

/** What of the event log somebody wants to see, as it stands in the URL. Texts that fit nothing find nothing. */
export const eventParsers = {
  type: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(outcomes),
  callId: parseAsString.withDefault(""),
  conversation: parseAsString.withDefault(""),
  last: parseAsStringLiteral(lasts),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  /** The event that is open beside the log. */
  event: parseAsString.withDefault(""),
};
