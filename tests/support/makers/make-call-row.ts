import { fromRecord } from "@/db/rows";
import { type CallRow, calls } from "@/db/schema/calls";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

/** Makes makeCall's call as a database row: answered at second 0, without speech so far. */
export function makeCallRow(differences: Partial<CallRow> = {}): CallRow {
  const { id, conversationUuid, type, customerNumber, status } = makeCall();
  return {
    ...fromRecord(calls, {}),
    id,
    conversationId: conversationUuid,
    type,
    customerNumber,
    status,
    statusRank: 1,
    hangs: 0,
    createdAt: new Date(atSecond(0)),
    startedAt: new Date(atSecond(0)),
    lastEventAt: new Date(atSecond(12)),
    version: 4,
    ...differences,
  };
}
