import type { Frame } from "@/scripts/simulator/frame/frame";

const long = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
const short = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const hour = new Intl.DateTimeFormat("en-US", { timeStyle: "short", timeZone: "UTC" });

/** What the assistant's templates could use: the date in several forms and the call's frame. */
export function buildVariables(frame: Frame, startedAtMs: number) {
  const at = new Date(startedAtMs);
  return {
    now: `${short.format(at)} UTC`,
    currentDateTime: `${long.format(at)} UTC`,
    date: `${day.format(at)} UTC`,
    time: `${hour.format(at)} UTC`,
    year: String(at.getUTCFullYear()),
    ...(frame.customer && { customer: frame.customer }),
    ...(frame.phoneNumber && { phoneNumber: frame.phoneNumber }),
    transport: frame.call.transport,
  };
}
