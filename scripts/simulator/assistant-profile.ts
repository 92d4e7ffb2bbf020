/** A tool as the assistant's configuration describes it to its model. */
export interface ToolProfile {
  name: string;
  description: string;
  /** JSON Schema properties; all of them are required. */
  properties: Readonly<Record<string, { type: string; description: string }>>;
}

/** What tells one assistant from another; `buildAssistant` makes Vapi's whole configuration of it. */
export interface AssistantProfile {
  /** As people see it. */
  name: string;
  /** Counts up with each published change; null where versions are not used. */
  version: string | null;
  company: string;
  /** One sentence: who it is and what it is there for. */
  role: string;
  /** What it must keep to, one sentence each. */
  rules: readonly string[];
  /** The steps of a call, in order. */
  steps: readonly string[];
  /** Length of the system prompt in characters. Recorded ones run from 200 to 53,000. */
  promptLength: number;
  voice: { provider: string; voiceId: string; model?: string };
  language: "en" | "es" | "fr";
  /** The line customers call, or that calls them. */
  phone: { number: string; name: string };
  tools: readonly ToolProfile[];
}
