import { firstLoadPages, measureFirstLoad } from "./testing/first-load";

// Says how much script each of the heavier pages of the build in .next needs at first. Run `npm run build` before.
for (const { page, file, mostKb } of firstLoadPages) {
  const kb = measureFirstLoad(file);
  console.log(
    `${kb <= mostKb ? "ok  " : "FAIL"} ${page.padEnd(16)} ${kb.toFixed(1).padStart(6)} KB   at most ${mostKb}`,
  );
  if (kb > mostKb) process.exitCode = 1;
}
