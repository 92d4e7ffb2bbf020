import { firstLoadPages, functionBounds, measureFirstLoad, measureFunction } from "./testing/first-load";

// Prints how much script each of the heavier pages of the build in .next loads at first, and how much of the build is
// loaded by the functions that must answer soon after a cold start. Run `npm run build` first.
for (const { page, file, mostKb } of firstLoadPages) {
  const kb = measureFirstLoad(file);
  console.log(
    `${kb <= mostKb ? "ok  " : "FAIL"} ${page.padEnd(16)} ${kb.toFixed(1).padStart(6)} KB   at most ${mostKb}`,
  );
  if (kb > mostKb) process.exitCode = 1;
}

for (const { route, mostBytes } of functionBounds) {
  const { eagerBytes, files } = measureFunction(route);
  const isSmall = eagerBytes <= mostBytes;
  const size = `${Math.round(eagerBytes / 1_000)} KB in ${files} files`;
  console.log(`${isSmall ? "ok  " : "FAIL"} ${route.padEnd(32)} ${size}   at most ${mostBytes / 1_000} KB`);
  if (!isSmall) process.exitCode = 1;
}
