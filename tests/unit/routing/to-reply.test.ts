import { existsSync, readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toReply, toVariables } from "@/lib/routing/reply";
import { answerSchema, conditionsSchema, findSecret, routingChangeSchema } from "@/lib/routing/routing";
import { makeRule } from "@/tests/support/makers/make-rule";
import { responseCheck } from "@/tests/support/vapi/response-check";

const context = { name: "Ana", customer: { tier: "gold", visits: 3 }, tags: ["a", "b"], open: null };
const variableValues = { name: "Ana", customer_tier: "gold", customer_visits: 3, tags: "a, b" };
const assistant = {
  name: "Night desk",
  firstMessage: "Good evening, {{name}}.",
  model: { provider: "openai", model: "gpt-4o", messages: [{ role: "system", content: "Be brief." }] },
  voice: { provider: "vapi", voiceId: "Elliot" },
};

const id = "41e4a819-abcd-4e88-8f1e-b9794d12a9ea";

const contexts = fc.dictionary(fc.string(), fc.jsonValue());

const replyTo = (answer: object, given: Record<string, unknown> = context) =>
  toReply(answerSchema.parse(answer), given);

describe("routing: the reply to Vapi", () => {
  test.each(["front desk", "assistant-1", "41e4a819abcd4e888f1eb9794d12a9ea", `${id}0`, ""])(
    "cannot use %j as the ID of an assistant, squad or workflow",
    (wrong) => {
      for (const answer of [
        { kind: "assistant-id", assistantId: wrong },
        { kind: "squad-id", squadId: wrong },
        { kind: "workflow-id", workflowId: wrong },
      ]) {
        expect(answerSchema.safeParse(answer).success).toBe(false);
      }
    },
  );

  test("has the context as variables, and the answer's own variables take precedence", () => {
    const overrides = { firstMessage: "Hello.", variableValues: { name: "you" } };
    expect(replyTo({ kind: "assistant-id", assistantId: id, overrides })).toEqual({
      assistantId: id,
      assistantOverrides: { firstMessage: "Hello.", variableValues: { ...variableValues, name: "you" } },
    });
    expect(replyTo({ kind: "assistant", assistant })).toEqual({
      assistant,
      assistantOverrides: { variableValues },
    });
    expect(replyTo({ kind: "squad-id", squadId: id })).toEqual({
      squadId: id,
      squadOverrides: { variableValues },
    });
    expect(replyTo({ kind: "workflow-id", workflowId: id })).toEqual({
      workflowId: id,
      workflowOverrides: { variableValues },
    });
    expect(replyTo({ kind: "assistant-id", assistantId: id }, {})).toEqual({ assistantId: id });
  });

  test("is a bare destination for a transfer, or a sentence for an error", () => {
    const number = { kind: "number", number: "+15550100100", extension: "12", message: "One moment." };
    expect(replyTo(number)).toEqual({
      destination: { type: "number", number: "+15550100100", extension: "12", message: "One moment." },
    });
    expect(replyTo({ kind: "sip", sipUri: "sip:desk@example.com" })).toEqual({
      destination: { type: "sip", sipUri: "sip:desk@example.com" },
    });
    expect(replyTo({ kind: "error", error: "Goodbye." })).toEqual({ error: "Goodbye." });
  });

  test("has no overrides without variables or overrides of its own", () => {
    expect(replyTo({ kind: "squad-id", squadId: id }, {})).toEqual({ squadId: id });
    expect(replyTo({ kind: "workflow-id", workflowId: id }, {})).toEqual({ workflowId: id });
    expect(replyTo({ kind: "assistant", assistant }, {})).toEqual({ assistant });
    const overrides = { firstMessage: "Hello." };
    expect(replyTo({ kind: "assistant-id", assistantId: id, overrides }, {})).toEqual({
      assistantId: id,
      assistantOverrides: overrides,
    });
    const squad = { name: "Two", members: [{ assistantId: "b" }] };
    expect(replyTo({ kind: "squad", squad }, { a: 1 })).toEqual({
      squad,
      squadOverrides: { variableValues: { a: 1 } },
    });
  });

  test("includes a transfer's message only if there is one", () => {
    expect(replyTo({ kind: "number", number: "+15550100100" })).toEqual({
      destination: { type: "number", number: "+15550100100" },
    });
    expect(replyTo({ kind: "sip", sipUri: "sip:desk@example.com", message: "One moment." })).toEqual({
      destination: { type: "sip", sipUri: "sip:desk@example.com", message: "One moment." },
    });
  });

  const ids = fc.uuid();
  const overrides = fc.option(
    fc.record({ variableValues: fc.dictionary(fc.string(), fc.string()), firstMessage: fc.string() }),
    { nil: undefined },
  );
  const answers = fc.oneof(
    fc.record({ kind: fc.constant("assistant-id"), assistantId: ids, overrides }),
    fc.record({ kind: fc.constant("assistant"), assistant: fc.constant(assistant), overrides }),
    fc.record({ kind: fc.constant("squad-id"), squadId: ids, overrides }),
    fc.record({
      kind: fc.constant("squad"),
      squad: fc.constant({ name: "Two", members: [{ assistant }, { assistantId: "b" }] }),
    }),
    fc.record({ kind: fc.constant("workflow-id"), workflowId: ids }),
    fc.record({ kind: fc.constant("number"), number: fc.constant("+15550100100") }),
    fc.record({ kind: fc.constant("sip"), sipUri: fc.constant("sip:desk@example.com") }),
    fc.record({ kind: fc.constant("error"), error: fc.constant("No people.") }),
  );
  test("is valid for any answer and any context", () => {
    fc.assert(
      fc.property(answers, contexts, (answer, given) => {
        expect(
          responseCheck.safeParse(JSON.parse(JSON.stringify(replyTo(answer, { ...given })))).error,
        ).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  const schemaFile = "../shared/vapi/openapi-messages.json";
  test.runIf(existsSync(schemaFile))("is valid against Vapi's own response schema", () => {
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    // Vapi's schema has empty enums, which no value would match.
    const keep = (key: string, value: unknown) =>
      key === "enum" && Array.isArray(value) && value.length === 0 ? undefined : value;
    ajv.addSchema({ $id: "vapi", ...JSON.parse(readFileSync(schemaFile, "utf8"), keep) });
    const validate = ajv.compile({ $ref: "vapi#/components/schemas/ServerMessageResponseAssistantRequest" });
    fc.assert(
      fc.property(answers, contexts, (answer, given) => {
        const isValid = validate(JSON.parse(JSON.stringify(replyTo(answer, { ...given }))));
        expect(isValid ? [] : validate.errors).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a context as variables", () => {
  test("has at most 200 scalars, named with letters, digits and underscores", () => {
    fc.assert(
      fc.property(contexts, (given) => {
        const entries = Object.entries(toVariables({ ...given }));
        expect(entries.length).toBeLessThanOrEqual(200);
        for (const [name, value] of entries) {
          expect(name).toMatch(/^[\p{L}\p{N}_]*$/u);
          expect(["string", "number", "boolean"]).toContain(typeof value);
        }
      }),
    );
  });

  test("flattens nested names, joins lists of scalars, and leaves out empty and non-scalar values", () => {
    expect(
      toVariables({
        open: true,
        closed: false,
        zero: 0,
        empty: "",
        none: null,
        huge: Number.POSITIVE_INFINITY,
        list: ["a", 1, false],
        nothing: [],
        mixed: ["a", { b: 1 }],
        lists: [["a"], ["b"]],
        holes: ["a", null],
        "first name": "Ana",
        größe: { "in cm": 170 },
      }),
    ).toEqual({
      open: true,
      closed: false,
      zero: 0,
      list: "a, 1, false",
      first_name: "Ana",
      größe_in_cm: 170,
    });
  });

  test("is limited to six levels of keys and 2,000 characters per value", () => {
    const nest = (depth: number): unknown => (depth === 0 ? "x" : { k: nest(depth - 1) });
    expect(toVariables({ k: nest(5) })).toEqual({ k_k_k_k_k_k: "x" });
    expect(toVariables({ k: nest(6) })).toEqual({});
    const long = toVariables({ text: "a".repeat(2_001), list: ["b".repeat(1_500), "c".repeat(1_500)] });
    expect([String(long.text).length, String(long.list).length]).toEqual([2_000, 2_000]);
    expect(toVariables({ text: "a".repeat(2_000) }).text).toBe("a".repeat(2_000));
  });

  test("prefers the shallower of two equal names", () => {
    expect(toVariables({ a: { b: 1 }, a_b: 2, "a-b": 3 })).toEqual({ a_b: 2 });
    expect(
      Object.keys(toVariables(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])))),
    ).toHaveLength(200);
  });
});

test("routing: a secret in an answer is found by its path, and IDs and counts are not mistaken for one", () => {
  const found = (answer: unknown) => findSecret(answer);
  expect(found({ assistant: { server: { url: "https://x.example", secret: "s3" } } })).toBe(
    "assistant.server.secret",
  );
  expect(found({ assistant: { credentials: [{ provider: "openai", apiKey: "sk" }] } })).toBe(
    "assistant.credentials",
  );
  expect(found({ squad: { members: [{ server: { secret: "s3" } }] } })).toBe("squad.members.0.server.secret");
  expect(found({ monitor: { listenUrl: "wss://listen.example" } })).toBe("monitor.listenUrl");
  expect(found({ credentials: null })).toBeNull();
  expect(found({ a: "Bearer abcdefghijkl" })).toBe("a");
  expect(
    found({ assistant: { credentialIds: ["a"], model: { maxTokens: 250 }, firstMessage: "Hi" } }),
  ).toBeNull();
});

describe("routing rules saved by an admin", () => {
  const problems = (change: object) => {
    const { error } = routingChangeSchema.safeParse({
      rules: [],
      defaultAnswer: null,
      version: 0,
      ...change,
    });
    for (const { path } of error?.issues ?? []) expect(path[0]).toBe("rules");
    return error?.issues.map(({ message }) => message) ?? [];
  };
  const secret = { kind: "assistant", assistant: { server: { url: "https://x.example", secret: "s3" } } };

  test("are rejected if a rule or the default contains a secret, naming its path", () => {
    expect(
      problems({ rules: [makeRule({ name: "Night" })], defaultAnswer: { kind: "error", error: "Bye." } }),
    ).toEqual([]);
    const inRule = problems({ rules: [makeRule(), makeRule({ name: "Night", answer: secret })] });
    expect(inRule).toEqual([expect.stringMatching(/Night.*assistant\.server\.secret/)]);
    expect(problems({ defaultAnswer: secret })).toEqual([
      expect.stringMatching(/default.*assistant\.server\.secret/),
    ]);
  });

  test("must have unique IDs", () => {
    const rule = makeRule();
    expect(problems({ rules: [rule, makeRule()] })).toEqual([]);
    expect(problems({ rules: [rule, { ...makeRule(), id: rule.id }] })).toHaveLength(1);
  });

  test("must give a value for a field comparison, unless they test whether the field is set", () => {
    const isTaken = (field: object) => conditionsSchema.safeParse({ fields: [field] }).success;
    expect(isTaken({ path: "a", test: "is" })).toBe(false);
    expect(isTaken({ path: "a", test: "is-not", value: "" })).toBe(false);
    expect(isTaken({ path: "a", test: "is", value: "x" })).toBe(true);
    expect(isTaken({ path: "a", test: "is-set" })).toBe(true);
    expect(isTaken({ path: "a", test: "is-not-set" })).toBe(true);
  });

  test("must name every member of a squad", () => {
    const isTaken = (...members: object[]) =>
      answerSchema.safeParse({ kind: "squad", squad: { members } }).success;
    expect(isTaken({ assistantId: "a" }, { assistant: {} })).toBe(true);
    expect(isTaken({ assistantId: "a" }, {})).toBe(false);
    expect(isTaken()).toBe(false);
  });
});

test("routing: a secret is found in lists and nested fields, and none in an empty answer", () => {
  expect(findSecret({ members: [{}, { assistant: { apiKey: "sk" } }] })).toBe("members.1.assistant.apiKey");
  expect(findSecret([null, 7, undefined, { a: "Bearer abcdefghijkl" }])).toBe("3.a");
  expect(findSecret("plain")).toBeNull();
  expect(findSecret(null)).toBeNull();
  expect(findSecret({ a: undefined, b: {}, c: [] })).toBeNull();
});
