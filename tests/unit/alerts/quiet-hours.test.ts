import { describe, expect, test } from "vitest";
import { type QuietHours, quietHoursSchema, quietUntil } from "@/lib/notifications/channel";

const night: QuietHours = { from: "22:00", to: "07:00", zone: "Europe/Berlin" };
const until = (iso: string, hours = night) => quietUntil(hours, new Date(iso))?.toISOString() ?? null;

describe("quiet hours", () => {
  test("go by the clock of their place, past midnight", () => {
    expect(until("2026-07-10T19:59:59Z")).toBeNull();
    expect(until("2026-07-10T20:00:00Z")).toBe("2026-07-11T05:00:00.000Z");
    expect(until("2026-07-11T04:59:59Z")).toBe("2026-07-11T05:00:00.000Z");
    expect(until("2026-07-11T05:00:00Z")).toBeNull();
    expect(until("2026-01-10T21:30:00Z")).toBe("2026-01-11T06:00:00.000Z");
  });

  test("end by the clock on the wall when it is set forward or back in that night", () => {
    expect(until("2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until("2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  test("that would begin or end in an hour that is skipped do so when it would have", () => {
    const hours = { from: "02:30", to: "02:45", zone: "Europe/Berlin" };
    expect(until("2026-03-29T01:10:00Z", hours)).toBeNull();
    expect(until("2026-03-29T00:59:00Z", { ...hours, from: "01:00" })).toBe("2026-03-29T01:00:00.000Z");
  });

  test("within one day are that day's", () => {
    const lunch = { from: "12:00", to: "13:00", zone: "America/New_York" };
    expect(until("2026-07-10T16:30:00Z", lunch)).toBe("2026-07-10T17:00:00.000Z");
    expect(until("2026-07-10T15:59:00Z", lunch)).toBeNull();
  });

  test("take times of day and zones that exist only", () => {
    expect(quietHoursSchema.safeParse(night).success).toBe(true);
    expect(quietHoursSchema.safeParse({ ...night, zone: "Europe/Atlantis" }).success).toBe(false);
    expect(quietHoursSchema.safeParse({ ...night, from: "24:00" }).success).toBe(false);
  });
});
