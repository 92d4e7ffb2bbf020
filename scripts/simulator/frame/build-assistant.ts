import type { AssistantProfile, ToolProfile } from "@/scripts/simulator/dialogue";
import { createRandom, uuidV4 } from "@/scripts/simulator/random";

const subjects = [
  "a caller who cannot give a reference number",
  "a caller who rings on behalf of somebody else",
  "a caller who asks for the same thing a second time",
  "a request outside opening hours",
  "a change asked for less than twenty-four hours ahead",
  "a complaint about an earlier call",
  "a caller who gives two different addresses",
  "a caller who wants the answer in writing",
  "a line with a lot of noise on it",
  "a caller who goes quiet",
  "a question about prices",
  "a caller who asks whether this is a recording",
  "a message for a member of staff",
];

const duties = [
  "repeat what you have understood in one short sentence and wait for a yes",
  "look the record up again before you answer, and never answer from memory",
  "offer two dates at most, the earlier one first",
  "say plainly that you cannot see this from here and open a ticket",
  "ask for the postcode and the year of birth, one after the other",
  "apologise once, then go on with the next step",
  "read figures digit by digit and dates with the day of the week",
  "keep to one question at a time and leave room for the answer",
  "promise nothing that the tool has not confirmed",
];

const limits = [
  "Do not ask for card numbers, passwords or codes, whatever the caller offers.",
  "If it comes up twice, hand the call to a person.",
  "Note it in the summary at the end of the call.",
  "Keep it under fifteen seconds of speech.",
  "Use the caller's first name once, not more.",
];

/** Builds one numbered paragraph of house rules, the filler of long system prompts. */
function handbookParagraph(index: number): string {
  const subject = subjects[index % subjects.length];
  const duty = duties[index % duties.length];
  const limit = limits[index % limits.length];
  const number = `${Math.floor(index / 12) + 1}.${(index % 12) + 1}`;
  return `### ${number} When you meet ${subject}\nWith ${subject}, ${duty}. ${limit}`;
}

/** Builds the system prompt: role, company, style, steps, and enough house rules to reach `promptLength` characters. */
function buildPrompt(profile: AssistantProfile): string {
  const core = [
    `[Role]\n${profile.role}`,
    `[Company]\nYou speak for ${profile.company}. Callers know it as "${profile.phone.name}".`,
    `[Style]\n${bullets(profile.rules)}`,
    `[Steps]\n${profile.steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
    "[House rules]",
  ].join("\n\n");
  return fill(core, profile.promptLength);
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function fill(core: string, length: number): string {
  let prompt = core;
  for (let index = 0; prompt.length < length; index++) prompt += `\n\n${handbookParagraph(index)}`;
  return prompt.slice(0, Math.max(length, core.length));
}

const serverMessages = [
  "assistant.started",
  "conversation-update",
  "end-of-call-report",
  "function-call",
  "hang",
  "speech-update",
  "status-update",
  "tool-calls",
  "transcript",
  "user-interrupted",
];

export type Assistant = ReturnType<typeof buildAssistant>;

/** Returns an id derived from the name, so that all calls of an assistant share it. */
export function assistantIdOf({ name }: AssistantProfile): string {
  return uuidV4(createRandom(`assistant ${name}`));
}

/** Builds the whole assistant as Vapi repeats it in every body. Its ids derive from its name, so all its calls share them. */
export function buildAssistant(
  profile: AssistantProfile,
  options: { orgId: string; serverUrl: string; firstMessage: string },
) {
  const random = createRandom(`assistant ${profile.name}`);
  const { orgId, serverUrl, firstMessage } = options;
  return {
    id: uuidV4(random),
    orgId,
    name: profile.name,
    voice: profile.voice,
    createdAt: "2025-09-04T05:02:09.937Z",
    updatedAt: "2026-01-12T21:37:09.336Z",
    model: {
      model: "gpt-4o-mini",
      toolIds: profile.tools.map(() => uuidV4(random)),
      messages: [{ role: "system", content: buildPrompt(profile) }],
      provider: "openai",
      temperature: 0.6,
      tools: profile.tools.map((tool) => ({ id: uuidV4(random), orgId, ...buildTool(tool, serverUrl) })),
    },
    firstMessage,
    voicemailMessage: "",
    endCallFunctionEnabled: true,
    endCallMessage: "Thank you. Have a good day.",
    transcriber: { model: "nova-2", language: profile.language, provider: "deepgram" },
    serverMessages,
    backgroundDenoisingEnabled: true,
    artifactPlan: { recordingFormat: "mp3" },
    messagePlan: { idleMessages: ["Are you still there?"] },
    stopSpeakingPlan: { numWords: 1, voiceSeconds: 0.3, backoffSeconds: 2 },
    server: { url: serverUrl, timeoutSeconds: 20 },
    compliancePlan: { pciEnabled: false, hipaaEnabled: false },
    variableValues: {},
  };
}

/** Builds a function tool as it appears in `assistant.model.tools` and, joined with the call, in `toolWithToolCallList`. */
export function buildTool(tool: ToolProfile, serverUrl: string) {
  return {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: { type: "object", required: Object.keys(tool.properties), properties: tool.properties },
    },
    async: false,
    server: { url: serverUrl, timeoutSeconds: 20 },
    messages: [],
  };
}
