import type { CallDetail } from "@/lib/calls/detail";
import { makeCall } from "@/tests/support/makers/make-call";

/** Makes the data of an empty call page; `differences` holds what a test is about. */
export function makeDetail(differences: Partial<CallDetail> = {}): CallDetail {
  return {
    call: makeCall(),
    conversation: { uuid: makeCall().conversationUuid, name: null, context: {}, version: 1 },
    lines: [],
    heard: [],
    partials: [],
    marks: [],
    hangs: [],
    toolCalls: [],
    operatorActions: [],
    alerts: [],
    report: null,
    contextAtEnd: null,
    recording: { state: "none", why: "Nobody has recorded it.", copy: null, copyError: null },
    ...differences,
  };
}
