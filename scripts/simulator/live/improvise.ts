import type { AssistantProfile } from "@/scripts/simulator/dialogue";
import { dialogues } from "@/scripts/simulator/dialogues";
import { assistantIdOf } from "@/scripts/simulator/frame/build-assistant";

type Language = AssistantProfile["language"];

const replies: Readonly<Record<Language, string>> = {
  en: "I have just been given a note on this:",
  es: "Me acaban de pasar una nota sobre esto:",
  fr: "On vient de me transmettre une note :",
};

/** Returns the assistant's reaction to a system message. Without a model, it just repeats the message as a sentence. */
export function passOn(message: string, language: Language): string {
  const text = message.replace(/\s+/g, " ").trim();
  return `${replies[language]} ${/[.?!]$/.test(text) ? text : `${text}.`}`;
}

/** Returns the greeting of an assistant that takes over a call. */
export function greet({ name }: AssistantProfile, language: Language): string {
  if (language === "es") return `Hola, le atiende ${name}. Sigo yo con usted.`;
  if (language === "fr") return `Bonjour, ici ${name}. Je prends la suite.`;
  return `Hello, this is ${name}. I am taking over from here.`;
}

const assistants = new Set(dialogues.map(({ assistant }) => assistant));

/** Finds the assistant that a destination names, by id or by name (case-insensitive). */
export function findAssistant(
  destination: { assistantId: string } | { assistantName: string },
): AssistantProfile | null {
  const isMeant = (profile: AssistantProfile) =>
    "assistantId" in destination
      ? assistantIdOf(profile) === destination.assistantId
      : profile.name.toLowerCase() === destination.assistantName.toLowerCase();
  return [...assistants].find(isMeant) ?? null;
}
