import { randomUUID } from "node:crypto";
import type { Body } from "@/tests/fixtures/body";
import { hang } from "@/tests/fixtures/hang";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { deliver } from "@/tests/support/deliveries/deliver";

type Make = (options: { callId: string; with: Record<string, unknown> }) => Body;

/** Starts a call that is live during the test. Events are timestamped a given number of seconds ago. */
export function startLiveCall(callId = randomUUID()) {
  const now = Date.now();
  const secondsAgo = (seconds: number) => new Date(now - seconds * 1000);
  const body = (make: Make, seconds: number) =>
    make({ callId, with: { timestamp: secondsAgo(seconds).getTime() } });
  const deliverMade = (make: Make) => (seconds: number) => deliver(body(make, seconds));
  return {
    callId,
    secondsAgo,
    body,
    tell: deliverMade,
    isoAgo: (seconds: number) => secondsAgo(seconds).toISOString(),
    answered: deliverMade((options) => statusUpdate("in-progress", options)),
    ended: deliverMade((options) => statusUpdate("ended", options)),
    hangs: deliverMade(hang),
    starts: (role: "user" | "assistant", seconds: number) =>
      deliverMade((options) => speechUpdate(role, "started", options))(seconds),
    stops: (role: "user" | "assistant", seconds: number) =>
      deliverMade((options) => speechUpdate(role, "stopped", options))(seconds),
  };
}

export type LiveCall = ReturnType<typeof startLiveCall>;
