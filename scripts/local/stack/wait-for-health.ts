import { UsageError } from "../cli/read-options";
import { waitUntil } from "../wait-until";

/**
 * Waits until the app says that it can take events.
 *
 * @throws a UsageError when its process ends first, or nothing is healthy within two minutes
 */
export async function waitForHealth(appUrl: string, exited: Promise<number | null>): Promise<void> {
  let hasEnded = false;
  void exited.then(() => {
    hasEnded = true;
  });
  const lastAnswer = { text: "it does not answer" };
  const isHealthy = async () => {
    if (hasEnded) throw new UsageError("Next.js ended before it could answer: see above.");
    const response = await fetch(`${appUrl}/api/health`, { signal: AbortSignal.timeout(60_000) }).catch(
      () => null,
    );
    if (response) lastAnswer.text = `it answers ${response.status}: ${await response.text()}`;
    return response?.ok === true;
  };
  await waitUntil("the app's /api/health to answer 200", isHealthy, 120_000).catch((cause) => {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`Earshot did not become healthy at ${appUrl}/api/health: ${lastAnswer.text}.`, {
      cause,
    });
  });
}
