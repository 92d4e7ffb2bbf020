import { describe, expect, test } from "vitest";
import { type QuietHours, quietHoursSchema, quietUntil } from "@/lib/notifications/channel";

const night: QuietHours = { from: "22:00", to: "07:00", zone: "Europe/Berlin" };
const until = (iso: string, hours = night) => quietUntil(hours, new Date(iso))?.toISOString() ?? null;

describe("quiet hours", () => {
  test("follow the local time of their zone, past midnight", () => {
    expect(until("2026-07-10T19:59:59Z")).toBeNull();
    expect(until("2026-07-10T20:00:00Z")).toBe("2026-07-11T05:00:00.000Z");
    expect(until("2026-07-11T04:59:59Z")).toBe("2026-07-11T05:00:00.000Z");
    expect(until("2026-07-11T05:00:00Z")).toBeNull();
    expect(until("2026-01-10T21:30:00Z")).toBe("2026-01-11T06:00:00.000Z");
  });

  test("end at the set local time on nights when the clocks change", () => {
    expect(until("2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until("2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  test("that end in an hour skipped by a clock change end at the change, and do not apply just after it", () => {
    const hours = { from: "02:30", to: "02:45", zone: "Europe/Berlin" };
    expect(until("2026-03-29T01:10:00Z", hours)).toBeNull();
    expect(until("2026-03-29T00:59:00Z", { ...hours, from: "01:00" })).toBe("2026-03-29T01:00:00.000Z");
  });

  test("within one day begin and end on that day", () => {
    const lunch = { from: "12:00", to: "13:00", zone: "America/New_York" };
    expect(until("2026-07-10T16:30:00Z", lunch)).toBe("2026-07-10T17:00:00.000Z");
    expect(until("2026-07-10T15:59:00Z", lunch)).toBeNull();
  });

  test("accept only existing times of day and time zones", () => {
    expect(quietHoursSchema.safeParse(night).success).toBe(true);
    expect(quietHoursSchema.safeParse({ ...night, zone: "Europe/Atlantis" }).success).toBe(false);
    expect(quietHoursSchema.safeParse({ ...night, from: "24:00" }).success).toBe(false);
  });
});
