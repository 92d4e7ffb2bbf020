import fc from "fast-check";
import { expect, test } from "vitest";
import { findFaults, fixFaults } from "@/lib/connect/faults";
import { type Needs, neededMessages, newCredentialId, placeOf } from "@/lib/connect/needs";
import { diffFields, isSameJson, setField, toPatch } from "@/lib/connect/patch";
import {
  listFaultyFields,
  makeVapiAssistant,
  makeVapiServer,
} from "@/tests/support/makers/make-vapi-settings";

const appUrl = "https://earshot.example";
const needs: Needs = {
  appUrl,
  conversationId: "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11",
  credentialId: "valid",
  credentialHeader: "x-signature",
  credentials: new Map([
    ["valid", "valid"],
    ["retired", "retired"],
  ]),
  isKnownSecret: (secret) => secret === "known",
  handlesPhoneControl: false,
  answersTool: (name) => name === "echo",
};
const good = makeVapiServer(appUrl, "valid");
const faulty = Object.entries(listFaultyFields(good, "retired"));
const kindOf = (name: string) => (name === "default-messages" ? "missing-messages" : name);

test.each(faulty)("faults: %s is reported alone, with exactly the fields that fix it", (name, fields) => {
  const assistant = makeVapiAssistant(1, fields);
  const faults = findFaults(assistant, "assistant", needs);
  expect(faults.map(({ kind }) => kind)).toEqual([kindOf(name)]);
  const chosen = new Set(faults.map(({ kind }) => kind));
  const { body, changes } = fixFaults(assistant, "assistant", chosen, needs);
  expect(changes).toEqual(faults[0]?.changes);
  expect(Object.keys(body)).toEqual([...new Set(changes.map(({ path }) => path.split(".")[0]))]);
  const left = findFaults({ ...assistant, ...body }, "assistant", needs);
  expect(left.flatMap(({ changes }) => changes)).toEqual([]);
});

test("faults: any combination is fixed in one pass, and a second pass changes nothing", () => {
  fc.assert(
    fc.property(fc.subarray(faulty, { minLength: 1 }), (some) => {
      const servers = some.map(([, fields]) => fields.server ?? {});
      const fields = Object.assign({}, ...some.map(([, each]) => each), {
        server: Object.assign({}, ...servers),
      });
      const assistant = makeVapiAssistant(1, fields);
      const all = (document: Record<string, unknown>) =>
        new Set(findFaults(document, "assistant", needs).map(({ kind }) => kind));
      const { body } = fixFaults(assistant, "assistant", all(assistant), needs);
      const mended = Object.fromEntries(
        Object.entries({ ...assistant, ...body }).filter(([, value]) => value !== null),
      );
      expect(fixFaults(mended, "assistant", all(mended), needs).changes).toEqual([]);
    }),
  );
});

test("faults: a known secret needs no credential, and an unknown one is replaced and masked", () => {
  const { credentialId: _, ...server } = good;
  const withSecret = (secret: string) =>
    makeVapiAssistant(1, { server: { ...server, secret }, serverMessages: [...neededMessages] });
  expect(findFaults(withSecret("known"), "assistant", needs)).toEqual([]);
  const [fault, ...more] = findFaults(withSecret("foreign"), "assistant", {
    ...needs,
    credentialId: newCredentialId,
  });
  expect([fault?.kind, more]).toEqual(["unknown-credential", []]);
  expect(fault?.changes).toEqual([
    { path: "server.secret", before: "••••" },
    { path: "server.credentialId", after: newCredentialId },
  ]);
});

test("faults: a subscription to final transcripts only becomes one to all, so that no line arrives twice", () => {
  const serverMessages = [
    ...neededMessages.filter((type) => type !== "transcript"),
    'transcript[transcriptType="final"]',
  ];
  const assistant = makeVapiAssistant(1, { server: good, serverMessages });
  const { body } = fixFaults(assistant, "assistant", new Set(["missing-messages"]), needs);
  expect([...(body.serverMessages as string[])].sort()).toEqual([...neededMessages].sort());
});

test("faults: phone-call-control is not a fault if it is handled", () => {
  const assistant = makeVapiAssistant(1, {
    server: good,
    serverMessages: [...neededMessages, "phone-call-control"],
  });
  expect(findFaults(assistant, "assistant", { ...needs, handlesPhoneControl: true })).toEqual([]);
});

test("faults: any JSON that Vapi returns is checked and fixed without throwing", () => {
  const json = fc.jsonValue();
  const fields = fc.record(
    {
      server: json,
      serverMessages: json,
      model: json,
      members: json,
      membersOverrides: json,
      function: json,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, fc.constantFrom("assistant", "squad", "phone-number", "tool"), (document, kind) => {
      const faults = findFaults(document, kind, needs);
      fixFaults(document, kind, new Set(faults.map((fault) => fault.kind)), needs);
    }),
  );
});

test.each([
  [`${appUrl}/api/webhook`, "webhook"],
  [`${appUrl}/api/webhook/6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11/`, "webhook"],
  [`${appUrl}/api/webhook/clinic`, "other-path"],
  [`${appUrl}/webhook`, "other-path"],
  ["https://earshot.example.org/api/webhook", "elsewhere"],
  ["no URL", "elsewhere"],
])("faults: the Server URL %s is classified as %s", (url, place) => {
  expect(placeOf(url, appUrl)).toBe(place);
});

test("patch: applied to its source, it gives the target and contains no unchanged field", () => {
  const pick = (from: Record<string, unknown>, name: string) =>
    Object.hasOwn(from, name) ? from[name] : undefined;
  const object = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue());
  fc.assert(
    fc.property(object, object, (before, after) => {
      const patch = toPatch(before, after);
      const patched = Object.fromEntries(
        Object.entries({ ...before, ...patch }).filter(
          ([name, value]) => value !== null || Object.hasOwn(after, name),
        ),
      );
      expect(isSameJson(patched, Object.fromEntries(Object.entries(after)))).toBe(true);
      expect(Object.keys(patch).every((name) => !isSameJson(pick(before, name), pick(after, name)))).toBe(
        true,
      );
      expect(diffFields(before, before)).toEqual([]);
    }),
  );
});

test("patch: removing a nested field keeps everything else, and the difference names that field", () => {
  const before = { model: { tools: [{ name: "a", server: { url: "x" } }, { name: "b" }] }, voice: { id: 1 } };
  const after = setField(before, ["model", "tools", "0", "server"], undefined) as typeof before;
  expect(after).toEqual({ model: { tools: [{ name: "a" }, { name: "b" }] }, voice: { id: 1 } });
  expect([after.voice, after.model.tools[1]]).toEqual([before.voice, before.model.tools[1]]);
  expect(after.voice).toBe(before.voice);
  expect(diffFields(before, after)).toEqual([{ path: "model.tools.0.server", before: { url: "x" } }]);
});
