/** "+15550100103" → "+1 555 010 0103"; other countries in threes; anything that is no E.164 number unchanged. */
export function formatPhoneNumber(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american.slice(1).join(" ")}`;
  const other = /^\+(\d{2})(\d{6,13})$/.exec(number);
  if (!other) return number;
  return `+${other[1]} ${other[2]?.replace(/(\d{3})(?=\d{2,})/g, "$1 ")}`;
}
