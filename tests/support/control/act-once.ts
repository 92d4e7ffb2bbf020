/**
 * A separate process that performs one action on a call, for tests that kill it:
 * `node --import tsx --conditions=react-server act-once.ts CALL-ID REQUEST`.
 */
import { controlRequestSchema } from "@/lib/control/control";
import { performControl } from "@/lib/control/server/perform";
import { tester } from "@/tests/support/makers/make-credential";

const [callId = "", request = ""] = process.argv.slice(2);
const actor = { kind: "api-key", id: "a-key", name: "Script", role: "operator" } as const;
await performControl(callId, controlRequestSchema.parse(JSON.parse(request)), actor, tester);
