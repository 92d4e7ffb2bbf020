import Pusher from "pusher-js";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { Rooms } from "@/lib/realtime/client/rooms";
import { boardChannel, withGeneration } from "@/lib/realtime/push";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The client reaches no server, but still keeps its list of channels. */
function openRooms() {
  const pusher = new Pusher("key", {
    cluster: "",
    wsHost: "127.0.0.1",
    wsPort: 9,
    enabledTransports: ["ws"],
  });
  pusher.disconnect();
  onTestFinished(() => pusher.disconnect());
  const rooms = new Rooms(() => {});
  rooms.attach(pusher);
  rooms.join(boardChannel, { push: () => {}, refetch: () => {} });
  const generations = () =>
    ["one", "two", "three"].filter((each) => pusher.channel(withGeneration(boardChannel, each)));
  return { rooms, generations };
}

test("rooms: after two moves in a row, each generation's channels are left 3 s after its successor", () => {
  const { rooms, generations } = openRooms();
  rooms.moveTo("one");
  vi.advanceTimersByTime(10_000);
  rooms.moveTo("two");
  vi.advanceTimersByTime(1_000);
  rooms.moveTo("three");
  expect(generations()).toEqual(["one", "two", "three"]);
  vi.advanceTimersByTime(2_000);
  expect(generations()).toEqual(["two", "three"]);
  vi.advanceTimersByTime(1_000);
  expect(generations()).toEqual(["three"]);
});
