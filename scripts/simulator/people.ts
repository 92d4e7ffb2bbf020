import type { AssistantProfile } from "@/scripts/simulator/assistant-profile";

/** Invented callers, by the language they speak. */
export const people: Record<AssistantProfile["language"], readonly { first: string; last: string }[]> = {
  en: [
    { first: "Maya", last: "Okafor" },
    { first: "Jonas", last: "Lindqvist" },
    { first: "Priya", last: "Raman" },
    { first: "Daniel", last: "Abernathy" },
    { first: "Leila", last: "Haddad" },
    { first: "Tomasz", last: "Wieczorek" },
    { first: "Grace", last: "Kimathi" },
    { first: "Owen", last: "Pritchard" },
    { first: "Hana", last: "Sugimoto" },
    { first: "Marcus", last: "Delacroix" },
    { first: "Ingrid", last: "Solheim" },
    { first: "Caleb", last: "Thornbury" },
    { first: "Noor", last: "Siddiqui" },
    { first: "Beatrix", last: "Vandermeer" },
    { first: "Elijah", last: "Osborne" },
    { first: "Ruth", last: "Mensah" },
    { first: "Samuel", last: "Fairweather" },
    { first: "Yara", last: "Castellan" },
    { first: "Victor", last: "Almgren" },
    { first: "Edith", last: "Quillfeather" },
  ],
  es: [
    { first: "Lucía", last: "Barrientos" },
    { first: "Andrés", last: "Villalobos" },
    { first: "Carmen", last: "Escudero" },
    { first: "Iker", last: "Zubeldia" },
    { first: "Rocío", last: "Almendros" },
    { first: "Mateo", last: "Cienfuegos" },
  ],
  fr: [
    { first: "Camille", last: "Lavigne" },
    { first: "Antoine", last: "Berthelot" },
    { first: "Élodie", last: "Marchand" },
    { first: "Karim", last: "Benslimane" },
    { first: "Solène", last: "Kerguelen" },
    { first: "Hugo", last: "Desrosiers" },
  ],
};
