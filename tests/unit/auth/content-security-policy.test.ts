import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "@/lib/http/server/policy";
import { pusherOrigins } from "@/lib/realtime/server/settings";

const production = { nonce: "abc", connectTo: [], isDevelopment: false, isHttps: true };

describe("Content-Security-Policy", () => {
  test("allows scripts only by nonce, and no eval", () => {
    const policy = contentSecurityPolicy(production);
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-abc';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy).toContain("upgrade-insecure-requests");
  });

  test("allows connections only to the configured Pusher server", () => {
    const hosted = pusherOrigins({ key: "k", cluster: "eu", server: null });
    expect(hosted[0]).toBe("wss://ws-eu.pusher.com");
    const server = { host: "127.0.0.1", port: 6001, useTls: false };
    const policy = contentSecurityPolicy({
      ...production,
      connectTo: pusherOrigins({ key: "k", cluster: "mt1", server }),
    });
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:6001 http://127.0.0.1:6001;");
  });

  test("comes with Strict-Transport-Security only over HTTPS", () => {
    expect(securityHeaders(true)["strict-transport-security"]).toContain("max-age=63072000");
    expect(securityHeaders(false)).not.toHaveProperty("strict-transport-security");
  });
});
