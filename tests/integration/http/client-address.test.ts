import { request } from "node:http";
import { text } from "node:stream/consumers";
import { desc } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { auditLog } from "@/db/schema/auth";
import { clientAddress } from "@/lib/auth/server/client-address";
import { toBlockList } from "@/lib/http/server/addresses";
import { peerHeaders, stampPeers } from "@/lib/http/server/peer-address";
import { password, signIn } from "@/tests/support/people/people";
import { serve } from "@/tests/support/servers/serve";

const here = { isVercel: false, trustedProxies: toBlockList([]) };
const behindProxies = { isVercel: false, trustedProxies: toBlockList(["10.0.0.0/8", "2001:db8:1::/48"]) };
const onVercel = { isVercel: true, trustedProxies: toBlockList(["10.0.0.0/8"]) };

function find(source: typeof here, peer: string | null, headers: Record<string, string> = {}) {
  return clientAddress(new Headers({ ...headers, ...(peer === null ? {} : peerHeaders(peer)) }), source);
}

describe("the address of a client", () => {
  test("is its connection's address, regardless of X-Forwarded-For", () => {
    expect(find(here, "203.0.113.9", { "x-forwarded-for": "192.0.2.1" })).toBe("203.0.113.9");
    expect(find(behindProxies, "203.0.113.9", { "x-forwarded-for": "192.0.2.1" })).toBe("203.0.113.9");
  });

  test.each([
    ["192.0.2.1", "192.0.2.1"],
    ["198.51.100.7, 192.0.2.1", "192.0.2.1"],
    ["198.51.100.7, 192.0.2.1, 10.9.9.9", "192.0.2.1"],
    ["10.1.1.1, 10.9.9.9", "10.1.1.1"],
    ["2001:DB8:2::1, 2001:db8:1::5", "2001:0db8:0002:0000:0000:0000:0000:0001"],
    ["192.0.2.1, not an address", null],
  ])("is read from the X-Forwarded-For of a trusted proxy, from the right: %s", (forwarded, expected) => {
    expect(find(behindProxies, "10.0.0.2", { "x-forwarded-for": forwarded })).toBe(expected);
  });

  test("is the trusted proxy's own address without X-Forwarded-For", () => {
    expect(find(behindProxies, "10.0.0.2")).toBe("10.0.0.2");
    expect(find(behindProxies, "::ffff:10.0.0.2")).toBe("10.0.0.2");
  });

  test("is unknown without a connection, even if the client's headers claim an address", () => {
    const spoofed = {
      "x-forwarded-for": "192.0.2.1",
      "x-real-ip": "192.0.2.1",
      "x-vercel-forwarded-for": "192.0.2.1",
      "x-earshot-client": "192.0.2.1",
      "x-earshot-peer": "undefined 192.0.2.1",
    };
    expect(find(here, null, spoofed)).toBeNull();
    expect(find(behindProxies, null, spoofed)).toBeNull();
  });

  test("comes from Vercel's headers on Vercel only", () => {
    const headers = { "x-vercel-forwarded-for": "192.0.2.1", "x-forwarded-for": "192.0.2.9" };
    expect(find(onVercel, null, headers)).toBe("192.0.2.1");
    expect(find(onVercel, null, { "x-real-ip": "192.0.2.2" })).toBe("192.0.2.2");
    expect(find(onVercel, "10.0.0.2", { "x-forwarded-for": "192.0.2.9" })).toBeNull();
    expect(find(here, "203.0.113.9", headers)).toBe("203.0.113.9");
  });
});

describe("a server that stamps connections", () => {
  beforeAll(stampPeers);

  test("overwrites a client's claims about its connection", async () => {
    const host = await serve(({ headers }, response) => {
      const given = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      response.end(clientAddress(given, here));
    });
    for (const spoofed of ["x-earshot-peer", "X-Earshot-Peer", "x-forwarded-for"]) {
      const answer = await new Promise<string>((resolve, reject) => {
        request(`http://${host}`, { headers: { [spoofed]: "x 192.0.2.1" } }, (got) => resolve(text(got)))
          .on("error", reject)
          .end();
      });
      expect(answer).toBe("127.0.0.1");
    }
  });
});

describe("the audit log and sign-in limits", () => {
  test("use the connection's address, so changing X-Forwarded-For gives no extra attempts", async () => {
    const asked = await Promise.all(
      Array.from({ length: 23 }, (_, n) =>
        signIn(`spoof-${n}@example.com`, password, "203.0.113.200", { "x-forwarded-for": `192.0.2.${n}` }),
      ),
    );
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(3);
    const entries = await db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(20);
    expect(new Set(entries.map(({ ip }) => ip))).toEqual(new Set(["203.0.113.200"]));
  });
});
