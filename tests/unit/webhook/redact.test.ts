import { describe, expect, it } from "vitest";
import { redact, redactText } from "@/lib/redact";

describe("redaction", () => {
  it("leaves business data whose field names sound like secrets", () => {
    const data = {
      tokenNumber: "A-17",
      token: "A-17",
      identity: "verified",
      monitor: "27 inch",
      cookies: "2 boxes",
      secretQuestionAnswered: "yes",
      credentials: "ID card seen",
      plan: "Basic coverage",
      link: "https://shop.example.com/list?keyword=pizza&design=dark",
    };
    expect(redact(data)).toEqual(data);
  });

  it.each([
    ["a Basic credential", `Basic ${btoa("amy:leak-me")}`, btoa("amy:leak-me")],
    ["a Bearer token", "Bearer leak-token-123", "leak-token-123"],
    ["a password in a DSN", "postgres://app:leakpw@db.example.com/x", "leakpw"],
    ["a password in a URL", "https://amy:leakpw@example.com/a", "leakpw"],
    ["a signature in a query", "https://example.com/a.wav?sig=leakpw", "leakpw"],
    ["an AWS key", "AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
    ["a SIP password", "sip:100:leakpw@pbx.example.com", "leakpw"],
    ["a JSON Web Token", "at=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abcdef", "eyJzdWIiOiJ4In0"],
    ["a listen URL", "wss://a.vapi.ai/leak-id/listen", "leak-id"],
  ])("removes %s from a text", (_, text, secret) => {
    expect(redactText(`see ${text} now`)).toMatch(/^see .*\[redacted\].* now$/);
    expect(redactText(`see ${text} now`)).not.toContain(secret);
  });

  it.each(["apiKey", "twilioAuthToken", "client_secret", "password"])(
    "removes the value of the field %s",
    (name) => {
      expect(redact({ [name]: "short1" })).toEqual({ [name]: "[redacted]" });
    },
  );
});

describe("redaction by path", () => {
  it("removes short secrets where Vapi's schema has them", () => {
    const body = {
      server: {
        url: "https://hooks.example.com",
        secret: "s3",
        headers: { "X-Team-Token": "abc", accept: "json" },
      },
      voice: { provider: "own", authorization: "k1" },
      destination: { sipUri: "sip:desk@example.com", sipHeaders: { "X-Auth-Token": "k3", "X-Desk": "5" } },
      credentials: [{ provider: "openai", apiKey: "k2" }],
    };
    expect(redact(body)).toEqual({
      server: {
        url: "https://hooks.example.com",
        secret: "[redacted]",
        headers: { "X-Team-Token": "[redacted]", accept: "json" },
      },
      voice: { provider: "own", authorization: "[redacted]" },
      destination: {
        sipUri: "sip:desk@example.com",
        sipHeaders: { "X-Auth-Token": "[redacted]", "X-Desk": "5" },
      },
      credentials: "[redacted]",
    });
  });

  it("parses text that is JSON, and leaves it unchanged if it has no secret", () => {
    expect(redact({ arguments: '{"apiKey": "k1", "order": 2512292042121000001}' })).toEqual({
      arguments: '{"apiKey":"[redacted]","order":2512292042121000001}',
    });
    expect(redact({ arguments: '{ "tokenNumber": "A-17" }' })).toEqual({
      arguments: '{ "tokenNumber": "A-17" }',
    });
  });

  it.each([
    ["a second URL in one piece", "https://a.example.com/x,https://amy:leakpw@b.example.com"],
    ["a password with a slash and a question mark", "postgres://app:leak/pw?x@db.example.com/shop"],
  ])("removes %s", (_, text) => {
    expect(redactText(text)).not.toMatch(/leak/);
    expect(redactText(text)).toContain("example.com");
  });

  it("leaves a port and a handle in a path", () => {
    expect(redactText("https://example.com:8080/videos/@amy")).toBe("https://example.com:8080/videos/@amy");
  });
});
