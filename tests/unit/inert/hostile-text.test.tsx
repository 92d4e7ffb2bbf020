import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Bubble } from "@/components/transcript/bubble";
import { MarkRow, ToolRow } from "@/components/transcript/moment-rows";
import { stripQuery } from "@/lib/redact";

/** Text that a caller may say, a model may write, or a tool may return. */
const hostile = [
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  '"><svg/onload=alert(1)>',
  "</p></details><iframe srcdoc='<script>alert(1)</script>'>",
  "<a href='javascript:alert(1)'>click</a>",
  "<!--<base href=//evil.example>-->",
];

const at = "2026-08-01T10:00:00.000Z";
const from = Date.parse(at);

const views: Readonly<Record<string, (text: string) => string>> = {
  "a line": (text) =>
    renderToStaticMarkup(
      <Bubble
        bubble={{
          kind: "bubble",
          id: "1",
          role: "user",
          text,
          at,
          until: at,
          onlyIn: null,
          assistantName: text,
          confidence: 0.5,
          filters: [{ threats: [text], original: text }],
          partial: text,
        }}
        from={from}
        caller="Caller"
        onChoose={() => {}}
      />,
    ),
  "a tool call": (text) =>
    renderToStaticMarkup(
      <ToolRow
        toolCall={{
          id: text,
          toolCallId: "call_1",
          name: text,
          arguments: { [text]: text },
          askedAt: at,
          answeredAt: at,
          result: text,
          error: null,
        }}
      />,
    ),
  "a transfer": (text) =>
    renderToStaticMarkup(
      <MarkRow
        moment={{
          kind: "moment",
          what: "mark",
          id: "1",
          at,
          mark: { id: "1", kind: "transfer", role: null, turn: null, at, detail: text },
        }}
        from={from}
      />,
    ),
};

describe.each(Object.entries(views))("%s", (_, view) => {
  test.each(hostile)("shows %s as text", (text) => {
    const harmless = view("words");
    const tags = (markup: string) => (markup.match(/<\/?[a-z!]+/gi) ?? []).join(" ");
    expect(tags(view(text))).toBe(tags(harmless));
  });
});

test.each([
  "javascript:alert(1)",
  "data:text/html,<script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//evil.example",
])("recordings: %s is not accepted as a link", (url) => expect(stripQuery(url)).toBeNull());

test("source code: nothing writes raw HTML or evaluates text, except one constant", () => {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  const entryPoints =
    /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcDoc=|new Function\(|\beval\(/;
  const ownConstant = "dangerouslySetInnerHTML={{ __html: heldClicks }}";
  const isOpen = (file: string) => entryPoints.test(readFileSync(file, "utf8").replace(ownConstant, ""));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(isOpen)).toEqual([]);
});
