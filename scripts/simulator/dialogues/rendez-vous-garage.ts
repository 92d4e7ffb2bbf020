import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const accueilGarage: AssistantProfile = {
  name: "Accueil Atelier",
  version: "v2",
  company: "Garage des Trois Tilleuls",
  role: "Vous êtes Margot, à l’accueil d’un garage. Vous prenez les rendez-vous et donnez les prix.",
  rules: ["Vouvoyez toujours.", "Une question à la fois.", "Répétez le jour et l’heure avant de réserver."],
  steps: [
    "Demandez l’immatriculation.",
    "Cherchez le véhicule avec chercher_vehicule.",
    "Proposez deux jours puis prendre_rendez_vous.",
  ],
  promptLength: 6_000,
  voice: { provider: "vapi", voiceId: "Amélie" },
  language: "fr",
  phone: { number: "+15550100915", name: "Trois Tilleuls" },
  tools: [
    {
      name: "chercher_vehicule",
      description: "Trouve un véhicule et sa prochaine échéance.",
      properties: {
        immatriculation: { type: "string", description: "Plaque" },
      },
    },
    {
      name: "prendre_rendez_vous",
      description: "Réserve un rendez-vous à l’atelier.",
      properties: {
        immatriculation: { type: "string", description: "Plaque" },
        travaux: { type: "string", description: "Ce qui est à faire" },
        jour: { type: "string", description: "Jour" },
        heure: { type: "string", description: "Heure" },
      },
    },
  ],
};

/** In French: winter tyres off, summer tyres on. */
export const rendezVousGarage: Dialogue = {
  kind: "inbound",
  assistant: accueilGarage,
  variants: [
    {
      plaque: "A B 4 1 2 C D",
      immatriculation: "AB-412-CD",
      jour: "mardi",
      heure: "huit heures trente",
      horloge: "08:30",
      prix: "soixante-dix",
    },
    {
      plaque: "F G 9 0 7 H J",
      immatriculation: "FG-907-HJ",
      jour: "vendredi",
      heure: "quatorze heures",
      horloge: "14:00",
      prix: "quatre-vingt-cinq",
    },
  ],
  turns: [
    { assistant: "Garage des Trois Tilleuls, Margot à l’appareil, bonjour. Que puis-je faire pour vous ?" },
    { caller: "Bonjour, je voudrais faire changer mes pneus. J’ai encore les pneus d’hiver." },
    { assistant: "Bien sûr. Vous pouvez me donner votre immatriculation ?" },
    { caller: "Alors, c’est {plaque}." },
    {
      tool: "chercher_vehicule",
      arguments: { immatriculation: "{immatriculation}" },
      result: {
        client: "{first} {last}",
        pneus: "stockés chez nous, rayon 12",
        derniereVisite: "2025-11-04",
      },
    },
    {
      assistant:
        "Merci. Vos pneus d’été sont chez nous. Je peux vous proposer {jour} à {heure}, ou samedi matin à neuf heures.",
    },
    { caller: "{jour} à {heure}, ça me va. Ça prend combien de temps ?" },
    { assistant: "Environ quarante minutes. Vous pouvez attendre sur place, il y a du café." },
    { caller: "Parfait. Et ça coûte combien, en tout ?" },
    { assistant: "{prix} euros, avec l’équilibrage et le stockage jusqu’à l’automne." },
    { caller: "D’accord, on fait comme ça." },
    {
      tool: "prendre_rendez_vous",
      arguments: {
        immatriculation: "{immatriculation}",
        travaux: "permutation des pneus",
        jour: "{jour}",
        heure: "{horloge}",
      },
      result: { statut: "réservé", numero: "TT-318" },
    },
    { assistant: "C’est noté : {jour} à {heure}. Vous recevrez un message la veille." },
    { caller: "Merci beaucoup, bonne journée." },
    { assistant: "Bonne journée, au revoir." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last} a pris rendez-vous {jour} à {horloge} pour la permutation des pneus ({immatriculation}).",
  structuredData: {
    motif: "pneus",
    immatriculation: "{immatriculation}",
    jour: "{jour}",
    heure: "{horloge}",
  },
  isSuccess: true,
};
