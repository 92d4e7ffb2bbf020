import type { ArtifactMessage } from "@/scripts/simulator/artifact";
import type { AssistantProfile } from "@/scripts/simulator/dialogue";

const perMinute = { transcriber: 0.0098, vapi: 0.05 };
const perCharacter = 0.00005;
const perToken = { prompt: 0.00000015, completion: 0.0000006 };

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Computes a call's cost in US dollars: `costs` by part, `costBreakdown` with the sums, and the total. */
export function buildCosts(
  messages: readonly ArtifactMessage[],
  minutes: number,
  voice: AssistantProfile["voice"],
) {
  const use = measure(messages);
  const stt = minutes * 1.05 * perMinute.transcriber;
  const llm = use.promptTokens * perToken.prompt + use.completionTokens * perToken.completion;
  const tts = use.characters * perCharacter;
  const vapi = minutes * perMinute.vapi;
  const analyses = buildAnalyses(use.conversationTokens);
  const total = round(stt + llm + tts + vapi + analyses.summary.cost + analyses.success.cost, 4);
  return {
    cost: total,
    costBreakdown: {
      stt: round(stt, 4),
      llm: round(llm, 4),
      tts: round(tts, 4),
      vapi: round(vapi, 4),
      chat: 0,
      transport: 0,
      total,
      llmPromptTokens: use.promptTokens,
      llmCompletionTokens: use.completionTokens,
      llmCachedPromptTokens: Math.floor(use.promptTokens / 2),
      ttsCharacters: use.characters,
      voicemailDetectionCost: 0,
      knowledgeBaseCost: 0,
      analysisCostBreakdown: breakDown(analyses),
    },
    costs: [
      {
        type: "transcriber",
        transcriber: { provider: "deepgram", model: "nova-2" },
        minutes: round(minutes * 1.05, 5),
        cost: round(stt, 8),
      },
      {
        type: "model",
        model: { provider: "openai", model: "gpt-4o-mini" },
        promptTokens: use.promptTokens,
        completionTokens: use.completionTokens,
        cachedPromptTokens: Math.floor(use.promptTokens / 2),
        cost: round(llm, 8),
      },
      { type: "voice", voice, characters: use.characters, cost: round(tts, 4) },
      { type: "vapi", subType: "normal", minutes: round(minutes, 4), cost: round(vapi, 6) },
      analyses.summary,
      analyses.success,
    ],
  };
}

/** The model reads the whole conversation again for each answer; four characters make about one token. */
function measure(messages: readonly ArtifactMessage[]) {
  const text = (role: string) => messages.filter((entry) => entry.role === role && "message" in entry);
  const length = (entries: readonly ArtifactMessage[]) =>
    entries.reduce((sum, entry) => sum + ("message" in entry ? entry.message.length : 0), 0);
  const characters = length(text("bot"));
  const conversationTokens = Math.ceil((characters + length(text("user"))) / 4);
  const promptTokens = Math.ceil((length(text("system")) / 4) * text("bot").length) + conversationTokens * 2;
  return { characters, conversationTokens, promptTokens, completionTokens: Math.ceil(characters / 4) };
}

function buildAnalyses(conversationTokens: number) {
  const model = { provider: "google", model: "gemini-2.5-flash" };
  const promptTokens = 250 + conversationTokens;
  const one = (analysisType: string, completionTokens: number) => ({
    type: "analysis",
    analysisType,
    model,
    promptTokens,
    completionTokens,
    cost: round(promptTokens * 0.0000003 + completionTokens * 0.0000025, 7),
  });
  return { summary: one("summary", 55), success: one("successEvaluation", 6) };
}

function breakDown({ summary, success }: ReturnType<typeof buildAnalyses>) {
  return {
    summary: round(summary.cost, 4),
    summaryPromptTokens: summary.promptTokens,
    summaryCompletionTokens: summary.completionTokens,
    summaryCachedPromptTokens: 0,
    structuredData: 0,
    structuredDataPromptTokens: 0,
    structuredDataCompletionTokens: 0,
    structuredDataCachedPromptTokens: 0,
    successEvaluation: round(success.cost, 4),
    successEvaluationPromptTokens: success.promptTokens,
    successEvaluationCompletionTokens: success.completionTokens,
    successEvaluationCachedPromptTokens: 0,
    structuredOutput: 0,
    structuredOutputPromptTokens: 0,
    structuredOutputCompletionTokens: 0,
    structuredOutputCachedPromptTokens: 0,
  };
}
