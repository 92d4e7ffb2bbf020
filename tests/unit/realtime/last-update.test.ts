import { expect, test, vi } from "vitest";
import { createConnection } from "@/lib/realtime/client/connection";

test("connection: a poll response counts as an update, even before the first push", () => {
  vi.useFakeTimers({ now: 1_000 });
  try {
    const connection = createConnection({ key: "key", cluster: "", server: null }, false);
    expect(connection.getLastUpdateAt()).toBeNull();
    connection.recordAnswer("calls");
    expect(connection.getLastUpdateAt()).toBe(1_000);
    vi.advanceTimersByTime(5_000);
    connection.recordAnswer("calls");
    expect(connection.getLastUpdateAt()).toBe(6_000);
  } finally {
    vi.useRealTimers();
  }
});
