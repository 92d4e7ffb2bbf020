import type { CostItem, Report } from "@/lib/calls/report";
import { keyLabel } from "@/lib/format";

const count = new Intl.NumberFormat("en");

/** Vendor and amount of a bill entry: "openai gpt-4o-mini", "594,724 tokens". */
export function describeCostItem(item: CostItem): { whose: string; amount: string | null } {
  const name = item.kind === "analysis" && item.name ? keyLabel(item.name) : item.name;
  return {
    whose: [item.provider, name].filter(Boolean).join(" · ") || keyLabel(item.kind),
    amount: amountOf(item),
  };
}

function amountOf({ minutes, characters, tokens }: CostItem): string | null {
  if (tokens !== null) return `${count.format(tokens)} tokens`;
  if (characters !== null) return `${count.format(characters)} characters`;
  return minutes === null ? null : `${minutes.toFixed(1)} min`;
}

interface CostPart {
  name: string;
  usd: number;
  /** Entries of the bill, most expensive first; empty for reports without a bill. */
  items: CostItem[];
}

/** Vapi's name for each part in the bill (`costs`) and in the sums (`costBreakdown`), and ours. */
const parts: ReadonlyArray<readonly [kind: string, sum: string, name: string]> = [
  ["transport", "transport", "Line"],
  ["transcriber", "stt", "Speech to text"],
  ["model", "llm", "Language model"],
  ["voice", "tts", "Voice"],
  ["vapi", "vapi", "Vapi"],
  ["analysis", "analysis", "Analysis"],
  ["knowledge-base", "knowledgeBaseCost", "Knowledge base"],
  ["voicemail-detection", "voicemailDetectionCost", "Voicemail detection"],
  ["chat", "chat", "Chat"],
  ["session", "session", "Session"],
];

/**
 * Costs of a call by part, most expensive first, free parts left out. The bill is exact and names the vendors; a part
 * missing from it is taken from the sums of Vapi's older reports.
 */
export function toCostParts({ costs, costBreakdown }: Pick<Report, "costs" | "costBreakdown">): CostPart[] {
  const kinds = new Set([...costs.map(({ kind }) => kind), ...Object.keys(costBreakdown).map(toKind)]);
  return [...kinds]
    .map((kind): CostPart => {
      const items = costs.filter((item) => item.kind === kind).sort((a, b) => b.usd - a.usd);
      const [, sum = kind, name = keyLabel(kind)] = parts.find(([known]) => known === kind) ?? [];
      const billed = items.reduce((total, item) => total + item.usd, 0);
      return {
        name,
        usd: items.length > 0 ? billed : (costBreakdown[sum] ?? 0),
        items: items.filter(({ usd }) => usd > 0),
      };
    })
    .filter(({ usd }) => usd > 0)
    .sort((a, b) => b.usd - a.usd);
}

function toKind(sum: string): string {
  return parts.find(([, known]) => known === sum)?.[0] ?? sum;
}

/** Vapi's vendor codes and the vendors' own spelling. Longer codes come first, so that they match first. */
export const vendorNames: ReadonlyArray<readonly [code: string, name: string]> = [
  ["anthropic-bedrock", "Anthropic on Bedrock"],
  ["anthropic-vertex", "Anthropic on Vertex"],
  ["anthropic", "Anthropic"],
  ["anyscale", "Anyscale"],
  ["assembly-ai", "AssemblyAI"],
  ["azure-openai", "Azure OpenAI"],
  ["azure-speech", "Azure Speech"],
  ["azure", "Azure"],
  ["baseten", "Baseten"],
  ["cartesia", "Cartesia"],
  ["cerebras", "Cerebras"],
  ["custom-llm-llm", "Our language model"],
  ["custom-llm", "Our language model"],
  ["custom-transcriber", "Our transcriber"],
  ["custom-voice", "Our voice server"],
  ["deep-seek", "DeepSeek"],
  ["deepgram", "Deepgram"],
  ["deepinfra", "DeepInfra"],
  ["eleven-labs", "ElevenLabs"],
  ["gladia", "Gladia"],
  ["google", "Google"],
  ["groq", "Groq"],
  ["hume", "Hume"],
  ["inflection-ai", "Inflection AI"],
  ["inworld", "Inworld"],
  ["lmnt", "LMNT"],
  ["microsoft", "Microsoft"],
  ["minimax", "MiniMax"],
  ["mistral", "Mistral"],
  ["neuphonic", "Neuphonic"],
  ["openai", "OpenAI"],
  ["openrouter", "OpenRouter"],
  ["perplexity-ai", "Perplexity"],
  ["playht", "PlayHT"],
  ["rime-ai", "Rime"],
  ["runpod", "RunPod"],
  ["sesame", "Sesame"],
  ["smallest-ai", "Smallest.ai"],
  ["soniox", "Soniox"],
  ["speechmatics", "Speechmatics"],
  ["talkscriber", "Talkscriber"],
  ["tavus", "Tavus"],
  ["together-ai", "Together AI"],
  ["vapi", "Vapi"],
  ["wellsaid", "WellSaid"],
  ["xai", "xAI"],
];

const lettersOf = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Codes that occur in bills but not in end reasons. */
const billedAs: Readonly<Record<string, string>> = {
  "11labs": "ElevenLabs",
  twilio: "Twilio",
  vonage: "Vonage",
  telnyx: "Telnyx",
};

/** A provider in its own spelling; an unknown code in words. */
export function vendorLabel(code: string): string {
  const letters = lettersOf(code);
  return (
    billedAs[letters] ?? vendorNames.find(([known]) => lettersOf(known) === letters)?.[1] ?? keyLabel(code)
  );
}
