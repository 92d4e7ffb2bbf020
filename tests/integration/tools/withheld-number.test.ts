import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { calls } from "@/db/schema/calls";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { askTool } from "@/tests/support/deliveries/ask-tools";
import { deliver } from "@/tests/support/deliveries/deliver";

test.each(["anonymous", " Anonymous", "Restricted", "+266696687", "sip:anonymous@anonymous.invalid"])(
  "find_caller: a caller with the withheld number %j learns nothing about earlier calls",
  async (customerNumber) => {
    const earlier = randomUUID();
    await deliver(endOfCallReport({ callId: earlier, customerNumber }));
    // As in a row from before withheld numbers were recognised.
    await db.update(calls).set({ customerNumber }).where(eq(calls.id, earlier));
    expect(await askTool("find_caller", {}, { callId: randomUUID(), customerNumber })).toBe(
      "The caller's number is not known.",
    );
  },
);
