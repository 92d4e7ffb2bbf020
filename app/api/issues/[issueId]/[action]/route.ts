import { after } from "next/server";
import * as z from "zod";
import { db } from "@/db/client";
import { VapiRequestError } from "@/lib/connect/server/vapi-api";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { issueActions, issueSchema } from "@/lib/issues/issue";
import { changeIssue } from "@/lib/issues/server/issues";
import { sendDue } from "@/lib/notifications/server/send-due";

/** 409 says what has changed in the meantime; 502 means that Vapi rejected it and nothing has changed. */
export const POST = route("POST", "/api/issues/[issueId]/[action]", {
  access: "alerts.act",
  summary: "Acknowledge or resolve an issue, also in Vapi if an API key is set",
  params: { issueId: z.string().min(1).max(200), action: z.enum(issueActions) },
  answer: z.object({ issue: issueSchema }),
  notFound: { detail: "Issue or action not found." },
  async handle({ params: { issueId, action }, actor, by, notFound }) {
    try {
      const changed = await changeIssue(db, issueId, action, actor.name, by);
      if (changed.outcome === "not-found") return notFound();
      if (changed.outcome === "conflict") return problem(409, "Already changed", changed.why);
      after(() => sendDue(db));
      return { issue: changed.issue };
    } catch (cause) {
      if (!(cause instanceof VapiRequestError)) throw cause;
      return problem(502, "Vapi rejected it", cause.message);
    }
  },
});
