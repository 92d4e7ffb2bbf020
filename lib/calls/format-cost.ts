/** US dollars → "$0.12", and below a cent two significant digits: "$0.0042", "$0.000031". */
export function formatCost(usd: number): string {
  const size = Math.abs(usd);
  if (size === 0 || size >= 0.01) return `$${usd.toFixed(2)}`;
  // "9.95e-3" rounds to a cent.
  const digits = Math.min(100, 1 - Math.floor(Math.log10(size)));
  return Number(size.toFixed(digits)) >= 0.01 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(digits)}`;
}
