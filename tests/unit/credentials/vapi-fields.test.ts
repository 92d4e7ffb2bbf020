import { describe, expect, test } from "vitest";
import { credentialSettingsSchema, describeSettings } from "@/lib/credentials/credential";
import { listVapiFields } from "@/lib/credentials/setup";

const fieldsOf = (settings: object) => {
  const id = "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11";
  const shown = { id, secret: "the-secret", settings: credentialSettingsSchema.parse(settings) };
  const fields = listVapiFields(shown, "https://earshot.example.com/api/oauth/token");
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};

describe("the settings to enter in Vapi", () => {
  test("for X-Vapi-Secret are a bearer token without a prefix", () => {
    expect(fieldsOf({ kind: "secret" })).toEqual({
      "Authentication Type": "Bearer Token",
      "Header Name": "X-Vapi-Secret",
      "Include Bearer Prefix": "off",
      Token: "the-secret",
    });
  });

  test("for HMAC include every setting that has a value", () => {
    expect(fieldsOf({ kind: "hmac" })).toEqual({
      "Authentication Type": "HMAC",
      "Secret Key": "the-secret",
      Algorithm: "SHA256",
      "Signature Header": "x-signature",
      "Include Timestamp": "on",
      "Timestamp Header": "x-timestamp",
      "Payload Format": "{timestamp}.{body}",
      "Signature Encoding": "hex",
      "Secret Is Base64": "off",
    });
    expect(
      fieldsOf({ kind: "hmac", payloadFormat: "{svix-id}.{body}", signaturePrefix: "v1," }),
    ).toMatchObject({
      "Include Timestamp": "off",
      "Message ID Header": "svix-id",
      "Signature Prefix": "v1,",
    });
  });

  test("for OAuth 2 include Earshot's token endpoint and the client ID", () => {
    expect(fieldsOf({ kind: "oauth2", clientId: "earshot-1" })).toMatchObject({
      "Token URL": "https://earshot.example.com/api/oauth/token",
      "Client ID": "earshot-1",
    });
  });
});

describe("a credential's header name", () => {
  test("is trimmed and stored in lower case", () => {
    const settings = credentialSettingsSchema.parse({
      kind: "bearer",
      header: " X-API-Key ",
      hasPrefix: false,
    });
    expect(describeSettings(settings)).toBe("x-api-key: …");
  });

  test.each(["", "a b", "a:b", "ä", "x".repeat(65)])("is rejected if it is %j", (header) => {
    expect(credentialSettingsSchema.safeParse({ kind: "bearer", header }).success).toBe(false);
  });
});
