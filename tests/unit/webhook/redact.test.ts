import { describe, expect, it } from "vitest";
import { redact, redactText } from "@/lib/webhook/redact";

describe("redaction", () => {
  it("leaves business data whose names sound like secrets", () => {
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
  ])("takes %s out of a text", (_, text, secret) => {
    expect(redactText(`see ${text} now`)).toMatch(/^see .*\[redacted\].* now$/);
    expect(redactText(`see ${text} now`)).not.toContain(secret);
  });

  it.each(["apiKey", "twilioAuthToken", "client_secret", "password"])("takes the field %s", (name) => {
    expect(redact({ [name]: "short1" })).toEqual({ [name]: "[redacted]" });
  });
});
