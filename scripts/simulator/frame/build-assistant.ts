import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";
import { buildPrompt } from "@/scripts/simulator/frame/build-prompt";
import { buildTool } from "@/scripts/simulator/frame/build-tool";
import { createRandom } from "@/scripts/simulator/random";
import { uuidV4 } from "@/scripts/simulator/uuid-v4";

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

/** The whole assistant as Vapi repeats it in every body. Its ids follow from its name, so all its calls share them. */
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
