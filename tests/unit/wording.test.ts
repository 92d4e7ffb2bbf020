import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { settingsGroups } from "@/components/settings/settings-pages";

/** Phrases once shown in the interface that read as if translated. Their replacements say the state, then the next step. */
const retired = [
  "who is being left alone",
  "Nothing said yet",
  "Reorder",
  "as soon as Vapi tells us",
  "beside the board",
  "in order again",
  "A call, a page",
  "Nothing of that name",
  "Theme as the system",
  "Nobody has seen",
  "never seen",
  "ended in it",
  "Tell me of new alerts",
  "With a sound",
  "Try the sound",
  "may be left empty",
  "took the call",
  "Slowest 5 %",
  "with its history",
  "Hearing the end",
  "Writing it down",
  "Starting to speak",
  "Whole answer",
  "what was witnessed",
  "Contact was lost",
  "takes the role",
  "We have not heard of",
  "These days",
  "Any end",
  "Success or not",
  "Not told",
  "No call fits",
  "that fit",
  "Costliest",
  "what is filtered",
  "are kept under it",
  "Show it to everybody",
  '"Contained"',
  "Dead air",
  "Slow reply",
  "(yours)",
  "Other days",
  "what is wrong",
  "Came again",
  "Reads what is kept",
  "First event made it",
  "Paste into the assistant",
  "proves itself",
  "at the moment",
  "sees calls, masked",
  "It works.",
  "was not let in",
  "let in by",
  "What knocked",
  "made here",
  "headers of note",
  "Whom new alerts",
  "Tell after",
  "By the clock of",
  "what has become of",
  "When all of this holds",
  "A sentence, and nobody",
  "show no number",
  "FALLBACK_ASSISTANT_ID, else",
  "May this number be",
  "asked not to be called",
  "Put on the list",
  "has an effect",
  "Changes nothing.",
  "What stands in",
  "are no JSON",
  "Deliveries are let in",
  "kinds of refusal",
  "Work by the clock",
  "What became of",
  "Whoever",
  "takes another role",
  "Forgot the password",
  "sends no mail",
  "Somebody was first",
  "could not be shown",
  "Whatever is put",
  "Bring mine",
  "Take theirs",
  "What you have typed",
  "What they changed",
  "Where it is used",
  "What it is for",
  "Anyone it is required",
  "There is no key yet",
  "Nothing was refused",
  "what the context says",
  "Nobody is here",
  "gone with it",
  "is no JSON.",
  "is no number",
  "not one of ours",
  "Nobody has it",
  "is told before",
  "Where a call goes",
  "Ask it something",
  "beside the Server URL",
  "See it arrive",
  "Nothing has failed",
  "as if an assistant had",
  "Load the rules anew",
  "What Vapi is sent",
  "Take off the tag",
  "with commas between",
  "nobody knows",
  "Nobody knows",
  "none of ours",
  "is not looked for",
  "No entry fits",
  "No conversation fits",
  "cannot be told from",
  "is kept no longer",
  "does not vouch",
  "A NUL is no text",
  "is told nothing",
  "What is found",
  "That is no filter",
  "This is no ",
  "These are no ",
];

const comments = /\/\*[\s\S]*?\*\/|(?<![:\w])\/\/.*$/gm;

it("wording: the interface contains no retired phrase", () => {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => {
    const text = readFileSync(file, "utf8").replace(comments, "").replace(/\s+/g, " ");
    return retired.filter((phrase) => text.includes(phrase)).map((phrase) => `${file}: ${phrase}`);
  });
  expect(found).toEqual([]);
});

it("wording: every settings page has one name, in the navigation, as its title and in the papers", () => {
  const pages = settingsGroups("admin").flatMap((group) => group.pages);
  for (const { href, name } of pages) {
    expect([href, readFileSync(`app/(dashboard)${href}/page.tsx`, "utf8")]).toEqual([
      href,
      expect.stringContaining(`title: "${name}"`),
    ]);
  }
  const docs = readdirSync("docs").filter((name) => name.endsWith(".md"));
  const papers = ["README.md", ".env.example", ...docs.map((name) => join("docs", name))];
  const named = papers.flatMap((paper) => {
    const mentions = readFileSync(paper, "utf8").matchAll(/Settings → (.{0,40})/g);
    return [...mentions].map(([, rest = ""]) => ({ paper, rest }));
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ rest }) => !pages.some(({ name }) => rest.startsWith(name)))).toEqual([]);
});
