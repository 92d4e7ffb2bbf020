import type { AssistantProfile, Dialogue } from "@/scripts/simulator/dialogue";

const fisioRecepcion: AssistantProfile = {
  name: "Recepción Fisioterapia",
  version: "v3",
  company: "Clínica Arroyo Claro",
  role: "Eres Inés, la recepcionista de una clínica de fisioterapia. Das, cambias y anulas citas.",
  rules: [
    "Trata de usted y habla despacio.",
    "No des consejos médicos.",
    "Repite el día y la hora antes de reservar.",
  ],
  steps: [
    "Saluda y pregunta en qué puedes ayudar.",
    "Busca huecos con buscar_citas y ofrece dos.",
    "Reserva con reservar_cita y repite los datos.",
  ],
  promptLength: 6_000,
  voice: { provider: "vapi", voiceId: "Elena" },
  language: "es",
  phone: { number: "+15550100914", name: "Arroyo Claro" },
  tools: [
    {
      name: "buscar_citas",
      description: "Busca citas libres.",
      properties: {
        tratamiento: { type: "string", description: "Motivo de la visita" },
        dia: { type: "string", description: "Día" },
      },
    },
    {
      name: "reservar_cita",
      description: "Reserva una cita.",
      properties: {
        nombre: { type: "string", description: "Nombre y apellidos" },
        dia: { type: "string", description: "Día" },
        hora: { type: "string", description: "Hora" },
      },
    },
  ],
};

/** In Spanish: a first appointment with a physiotherapist. */
export const citaFisioterapia: Dialogue = {
  kind: "inbound",
  assistant: fisioRecepcion,
  variants: [
    { dia: "el jueves", hora: "las diez y media", reloj: "10:30", otra: "las cinco de la tarde" },
    { dia: "el lunes", hora: "las nueve y cuarto", reloj: "09:15", otra: "las siete de la tarde" },
  ],
  turns: [
    { assistant: "Clínica Arroyo Claro, le atiende Inés. ¿En qué puedo ayudarle?" },
    { caller: "Buenos días. Mire, llevo una semana con dolor de espalda y quería pedir cita." },
    { assistant: "Lo siento mucho. ¿Ha venido alguna vez a nuestra clínica?" },
    { caller: "No, es la primera vez. Me la ha recomendado mi médico de cabecera." },
    { assistant: "Muy bien. Un momento, por favor, voy a ver qué huecos hay." },
    {
      tool: "buscar_citas",
      arguments: { tratamiento: "dolor de espalda", dia: "{dia}" },
      result: {
        huecos: [
          { dia: "{dia}", hora: "{reloj}" },
          { dia: "{dia}", hora: "{otra}" },
        ],
        fisioterapeuta: "Begoña",
      },
    },
    { assistant: "Tengo {dia} a {hora} o a {otra}, con Begoña. ¿Qué le viene mejor?" },
    { caller: "A {hora}, por favor. Por la tarde trabajo." },
    { assistant: "Perfecto. ¿Me dice su nombre y apellidos?" },
    { caller: "{first} {last}." },
    {
      tool: "reservar_cita",
      arguments: { nombre: "{first} {last}", dia: "{dia}", hora: "{reloj}" },
      result: { estado: "reservada", referencia: "AC-0773" },
    },
    {
      assistant:
        "Le he reservado {dia} a {hora} con Begoña. Traiga ropa cómoda y, si los tiene, los informes del médico.",
    },
    { caller: "De acuerdo. ¿Cuánto cuesta la primera sesión?" },
    { assistant: "Cuarenta y cinco euros, y dura unos cincuenta minutos." },
    { caller: "Muy bien, muchas gracias. Hasta {dia}." },
    { assistant: "A usted. Que se mejore. Hasta luego." },
  ],
  endedReason: "customer-ended-call",
  summary:
    "{first} {last}, con dolor de espalda desde hace una semana, reservó una primera sesión {dia} a las {reloj} con Begoña.",
  structuredData: { motivo: "dolor de espalda", dia: "{dia}", hora: "{reloj}", esNuevo: true },
  isSuccess: true,
};
