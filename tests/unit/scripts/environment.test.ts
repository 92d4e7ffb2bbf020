import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { environmentVariables } from "@/lib/env-schema";
import { projectFolder } from "@/scripts/local/project-folder";
import { checkEnvironment, demoEnvironment, sealEnvironment } from "@/scripts/local/stack/environment";

const whole = {
  DATABASE_URL: "postgres://earshot:hunter2hunter2@db.example.com:5432/earshot",
  APP_URL: "https://earshot.example.com",
  BETTER_AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  PUSHER_APP_ID: "1",
  PUSHER_KEY: "key",
  PUSHER_SECRET: "pusher-secret-value",
  PUSHER_CLUSTER: "us3",
};

function sentenceFor(change: Record<string, string | undefined>): string {
  try {
    checkEnvironment({ ...whole, ...change }, true);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

describe("settings of npm start", () => {
  it("are valid when complete, with a trailing slash, or with a host in place of the cluster", () => {
    expect(sentenceFor({})).toBe("");
    expect(sentenceFor({ APP_URL: "https://earshot.example.com/" })).toBe("");
    expect(sentenceFor({ PUSHER_CLUSTER: "", PUSHER_HOST: "soketi.example.com" })).toBe("");
  });

  it.each([
    ["DATABASE_URL", { DATABASE_URL: "mysql://earshot:hunter2hunter2@db.example.com/earshot" }],
    ["DATABASE_URL", { DATABASE_URL: "postgres://earshot:hunter2#hunter2@db.example.com/earshot" }],
    ["DATABASE_URL", { DATABASE_URL: "postgres://earshot:hunter2%hunter2@db.example.com/earshot" }],
    ["DATABASE_URL", { DATABASE_URL: "db.example.com" }],
    ["APP_URL", { APP_URL: "https://earshot.example.com/app" }],
    ["APP_URL", { APP_URL: "https://earshot.example.com?x=1" }],
    ["APP_URL", { APP_URL: "earshot.example.com" }],
    ["APP_URL", { APP_URL: undefined }],
    ["BETTER_AUTH_SECRET", { BETTER_AUTH_SECRET: undefined }],
    ["BETTER_AUTH_SECRET", { BETTER_AUTH_SECRET: "hunter2" }],
    ["PUSHER_CLUSTER", { PUSHER_CLUSTER: undefined }],
    ["PUSHER_SECRET", { PUSHER_SECRET: "" }],
    ["PUSHER_PORT", { PUSHER_PORT: "70000" }],
    ["CRON_SECRET", { CRON_SECRET: "hunter2" }],
    ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "10.0.0.0/8,hunter2" }],
    ["TRUSTED_PROXIES", { TRUSTED_PROXIES: "10.0.0.0/33" }],
  ])("are rejected for a wrong %s, named without printing a secret: %o", (name, change) => {
    const sentence = sentenceFor(change);
    expect(sentence).toMatch(new RegExp(`^ {2}${name} (is|must) .+\\.$`, "m"));
    expect(sentence).not.toMatch(/hunter2|pusher-secret-value/);
  });

  it("are checked all at once, reporting a missing Pusher server along with invalid variables", () => {
    const sentence = sentenceFor({
      PUSHER_CLUSTER: undefined,
      PUSHER_SECRET: "",
      APP_URL: "earshot.example.com",
    });
    for (const name of ["PUSHER_CLUSTER", "PUSHER_SECRET", "APP_URL"]) {
      expect(sentence).toMatch(new RegExp(`^ {2}${name} (is|must) .+\\.$`, "m"));
    }
  });

  it("need no secret or URL if Earshot runs its own database", () => {
    expect(() => checkEnvironment({ DATABASE_URL: "" }, false)).not.toThrow();
  });
});

describe("settings of the demo", () => {
  const given = { ...whole, PATH: "/bin", SMTP_URL: "smtp://mail.example.com", VAPI_API_KEY: "key" };

  it("ignore a deployment's settings, and leave nothing for Next to fill in from .env", () => {
    const environment = demoEnvironment(given, undefined);
    expect(environment.PATH).toBe("/bin");
    for (const name of environmentVariables.filter((name) => name !== "NODE_ENV")) {
      expect(environment[name], name).toBe("");
    }
  });

  it("use another database only on request, together with the secret for its sealed data", () => {
    const environment = demoEnvironment(given, "postgres://127.0.0.1/other");
    expect(environment.DATABASE_URL).toBe("postgres://127.0.0.1/other");
    expect(environment.BETTER_AUTH_SECRET).toBe(whole.BETTER_AUTH_SECRET);
    expect(environment.PUSHER_KEY).toBe("");
  });
});

test("Next's environment leaves nothing to fill in from .env and keeps every value that is set", () => {
  const sealed = sealEnvironment({ PATH: "/bin", SETUP_TOKEN: "token" });
  expect(sealed).toMatchObject({ PATH: "/bin", SETUP_TOKEN: "token", SMTP_URL: "", VAPI_API_KEY: "" });
});

describe("settings of an OpenID Connect provider", () => {
  const oidc = {
    OIDC_ISSUER_URL: "https://id.example.com/",
    OIDC_CLIENT_ID: "earshot",
    OIDC_CLIENT_SECRET: "s",
  };

  it("must all be set together", () => {
    expect(() => checkEnvironment({ ...whole, ...oidc }, true)).not.toThrow();
    for (const name of Object.keys(oidc))
      expect(() => checkEnvironment({ ...whole, ...oidc, [name]: "" }, true)).toThrow(/OIDC_CLIENT_SECRET/);
  });

  it.each([
    ["OIDC_ISSUER_URL", "http://id.example.com"],
    ["OIDC_ROLE_MAP", "support=boss"],
    ["OIDC_ROLE_MAP", "support"],
    ["OIDC_DEFAULT_ROLE", "boss"],
  ])("%s cannot be %s", (name, value) => {
    expect(() => checkEnvironment({ ...whole, ...oidc, [name]: value }, true)).toThrow(
      new RegExp(`${name} `),
    );
  });
});

test(".env.example lists every variable a person may set, and none that does not exist", () => {
  const listed = readFileSync(join(projectFolder, ".env.example"), "utf8").matchAll(
    /^(?:# )?([A-Z][A-Z0-9_]+)=/gm,
  );
  // Set by Vercel, npm and the local scripts.
  const notForPeople = ["NODE_ENV", "VERCEL", "SIMULATOR_URL"];
  const expected = environmentVariables.filter((name) => !notForPeople.includes(name));
  expect([...listed].map(([, name]) => name).sort()).toEqual(expected.sort());
});
