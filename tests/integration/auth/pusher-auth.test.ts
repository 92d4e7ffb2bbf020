import { createHmac } from "node:crypto";
import { like } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { POST as authorizeChannel } from "@/app/api/pusher/auth/route";
import { GET as getGeneration } from "@/app/api/pusher/generation/route";
import { db } from "@/db/client";
import { occupiedChannels } from "@/db/schema/operations";
import { roles } from "@/lib/auth/roles";
import { currentGeneration } from "@/lib/realtime/server/generation";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";
import { realName } from "@/tests/support/servers/collect-pushes";

const appUrl = "http://localhost:3000";

/** As pusher-js does: a form with the page's cookies. */
function subscribe(
  channel: string,
  cookie?: string,
  socketId = "123.456",
  origin = appUrl,
): Promise<Response> {
  return authorizeChannel(
    new Request(`${appUrl}/api/pusher/auth`, {
      method: "POST",
      headers: { origin, ...(cookie ? { cookie } : {}), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ socket_id: socketId, channel_name: channel }),
    }),
  );
}

const allowed = { viewer: 200, operator: 200, admin: 200 };
const forOperators = { viewer: 403, operator: 200, admin: 200 };
const forNobody = { viewer: 403, operator: 403, admin: 403 };

describe("joining a channel", () => {
  test.each(roles)("as %s is allowed only for the channels of that role", async (role) => {
    const { cookie } = await signedIn(role);
    const channels = {
      "private-board": forOperators,
      "private-call-0195": forOperators,
      "private-conversation-0195": forOperators,
      "private-call-masked-board": forOperators,
      "private-masked-board": allowed,
      "private-masked-call-0195": allowed,
      "private-masked-conversation-0195": allowed,
      "presence-call-0195": allowed,
      "private-anything": forNobody,
      "presence-board": forNobody,
      board: forNobody,
      "private-encrypted-board": forNobody,
    };
    for (const [channel, expected] of Object.entries(channels)) {
      const { status } = await subscribe(await realName(channel), cookie);
      expect([channel, status]).toEqual([channel, expected[role]]);
    }
  });

  test("with characters that Pusher does not allow is rejected before anything is stored", async () => {
    const { cookie } = await signedIn("operator");
    for (const odd of [" ", "/", ":", "é", "\0", "\n", "x".repeat(200), ""]) {
      const name = odd === "" ? odd : `${await realName("private-call-odd")}${odd}`;
      expect((await subscribe(name, cookie)).status).toBe(422);
    }
    expect(await db.$count(occupiedChannels, like(occupiedChannels.channel, "%call-odd%"))).toBe(0);
  });

  test("returns the signature Pusher verifies, and the person on presence channels", async () => {
    const { cookie, id } = await signedIn("operator");
    const board = await realName("private-board");
    const { auth } = await (await subscribe(board, cookie)).json();
    expect(auth).toBe(`test-key:${sign(`123.456:${board}`)}`);

    const call = await realName("presence-call-1");
    const presence = await (await subscribe(call, cookie)).json();
    expect(JSON.parse(presence.channel_data)).toEqual({
      user_id: id,
      user_info: { name: "operator", role: "operator" },
    });
    expect(presence.auth).toBe(`test-key:${sign(`123.456:${call}:${presence.channel_data}`)}`);
  });

  test("is allowed for the current generation only; other names get 409 with the current generation", async () => {
    const { cookie } = await signedIn("admin");
    for (const channel of ["private-board", "private-board@of-before", "presence-call-1"]) {
      const response = await subscribe(channel, cookie);
      expect(response.status).toBe(409);
      expect(response.headers.get("x-earshot-generation")).toBe(await currentGeneration());
    }
    expect((await subscribe("private-generation", cookie)).status).toBe(200);
    const asked = await getGeneration(send("/api/pusher/generation", { cookie }));
    expect(await asked.json()).toEqual({ generation: await currentGeneration() });
  });

  test("requires a session, Earshot's own origin and a valid socket ID", async () => {
    const { cookie } = await signedIn("admin");
    expect((await subscribe("private-board")).status).toBe(401);
    expect((await subscribe("private-board", cookie, "123.456", "https://evil.example")).status).toBe(403);
    expect((await subscribe("private-board", cookie, "123.456:private-x")).status).toBe(422);
  });
});

function sign(text: string): string {
  return createHmac("sha256", "test-secret").update(text).digest("hex");
}
