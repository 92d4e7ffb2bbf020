import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { conversationVersions } from "@/db/schema/conversations";
import { patchContext } from "@/lib/conversations/server/change";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";

const by = { kind: "person", id: "amy", name: "Amy" } as const;

test("report: it shows the context at the call's end even if the context has changed since", async () => {
  const conversation = randomUUID();
  const call = startLiveCall();
  await deliver(
    call.body((options) => statusUpdate("in-progress", options), 60),
    { conversation },
  );
  await patchContext(db, { conversationId: conversation, patch: { day: "Thursday" }, by });
  await db
    .update(conversationVersions)
    .set({ at: call.secondsAgo(30) })
    .where(eq(conversationVersions.conversationId, conversation));
  await deliver(
    call.body((options) => statusUpdate("ended", options), 10),
    { conversation },
  );
  const before = await getCallDetail(db, call.callId);
  expect(before).toMatchObject({ contextAtEnd: null, conversation: { context: { day: "Thursday" } } });

  await patchContext(db, { conversationId: conversation, patch: { day: "Friday" }, by });
  const after = await getCallDetail(db, call.callId);
  expect(after).toMatchObject({
    contextAtEnd: { context: { day: "Thursday" }, version: before?.conversation.version },
    conversation: { context: { day: "Friday" } },
  });
});
