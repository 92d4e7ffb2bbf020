/** A key of structured data as people would write it: "appointmentDate", "appointment_date" → "Appointment date". */
export function spellKey(key: string): string {
  const words = key
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .join(" ");
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : key;
}
