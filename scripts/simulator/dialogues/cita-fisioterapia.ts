import { fisioRecepcion } from "@/scripts/simulator/assistants/fisio-recepcion";
import type { Dialogue } from "@/scripts/simulator/dialogue";

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
