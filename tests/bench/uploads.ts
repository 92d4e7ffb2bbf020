import { writeFileSync } from "node:fs";
import { request } from "node:http";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { readMemory } from "./read-memory";
import { startBareApp } from "./start-bare-app";
import { startBenchStack } from "./start-bench-stack";

const uploads = 6;
const megabytes = 200;
const chunk = Buffer.alloc(1024 * 1024, " ");

/** Measures how much memory uploads far above the size limit cost, against a bare route that reads them whole. */
export async function benchUploads(parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const bare = await startBareApp(parts);
  const ours = { url: stack.localUrl, pid: stack.pid };
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const paths = [
    ["welcome", ours, "/api/welcome"],
    ["webhook, with its secret", ours, "/api/webhook"],
    ["a page", ours, "/sign-in"],
    ["bare route that reads the text", bare, "/api/text"],
  ] as const;
  const rows = [];
  for (const [name, { url, pid }, path] of paths) {
    rows.push({ upload: name, ...(await measure(`${url}${path}`, pid, secret)) });
  }
  console.table(rows);
}

async function measure(url: string, pid: number | undefined, secret: string) {
  const before = readMemory(pid, "VmRSS");
  resetPeak(pid);
  const answers = await Promise.all(Array.from({ length: uploads }, () => upload(url, secret)));
  const statuses = [...new Set(answers.map(({ status }) => status))].join(", ");
  const sent = answers.reduce((sum, answer) => sum + answer.sent, 0);
  return {
    status: statuses,
    "MB taken": sent,
    "peak growth in MB": readMemory(pid, "VmHWM") - before,
  };
}

/** Sends without a length, so that only reading reveals the size. Stops when the server responds or hangs up. */
function upload(url: string, secret: string): Promise<{ status: number; sent: number }> {
  return new Promise((resolve) => {
    let sent = 0;
    let status = 0;
    const headers = { "content-type": "application/json", "x-vapi-secret": secret };
    const sender = request(url, { method: "POST", headers, agent: false }, (response) => {
      status = response.statusCode ?? 0;
      response.resume();
      sender.destroy();
    });
    sender.on("error", () => {});
    sender.on("close", () => resolve({ status, sent }));
    const write = () => {
      while (sent < megabytes && !sender.destroyed) {
        sent += 1;
        if (!sender.write(chunk)) {
          sender.once("drain", write);
          return;
        }
      }
      if (!sender.destroyed) sender.end();
    };
    write();
  });
}

/** Resets Linux's peak for a process. */
function resetPeak(pid: number | undefined): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Without /proc nothing is measured.
  }
}
