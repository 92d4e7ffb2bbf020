import type { AssistantProfile } from "@/scripts/simulator/dialogue";
import { dialogues } from "@/scripts/simulator/dialogues";
import { assistantIdOf } from "@/scripts/simulator/frame/build-assistant";

type Language = AssistantProfile["language"];

const replies: Readonly<Record<Language, string>> = {
  en: "I have just been given a note on this:",
  es: "Me acaban de pasar una nota sobre esto:",
  fr: "On vient de me transmettre une note :",
};

/** What an assistant says of a system message, without a model to think it over: its words, as a sentence. */
export function passOn(message: string, language: Language): string {
  const text = message.replace(/\s+/g, " ").trim();
  return `${replies[language]} ${/[.?!]$/.test(text) ? text : `${text}.`}`;
}

/** Words for whoever takes a call over. */
export function greet({ name }: AssistantProfile, language: Language): string {
  if (language === "es") return `Hola, le atiende ${name}. Sigo yo con usted.`;
  if (language === "fr") return `Bonjour, ici ${name}. Je prends la suite.`;
  return `Hello, this is ${name}. I am taking over from here.`;
}

const assistants = new Set(dialogues.map(({ assistant }) => assistant));

/** The assistant that a destination names, by its id or, in any case, by its name. */
export function findAssistant(
  destination: { assistantId: string } | { assistantName: string },
): AssistantProfile | null {
  const isMeant = (profile: AssistantProfile) =>
    "assistantId" in destination
      ? assistantIdOf(profile) === destination.assistantId
      : profile.name.toLowerCase() === destination.assistantName.toLowerCase();
  return [...assistants].find(isMeant) ?? null;
}
