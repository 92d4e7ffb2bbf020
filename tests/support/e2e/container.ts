import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { projectFolder } from "@/scripts/local/project-folder";

type Instruction = { name: string; rest: string };

/** Reads the Dockerfile's instructions, one list per stage, with continued lines joined. */
function readStages(): Instruction[][] {
  const text = readFileSync(join(projectFolder, "Dockerfile"), "utf8").replace(/\\\n\s*/g, "");
  const stages: Instruction[][] = [];
  for (const line of text.split("\n")) {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (!name || !rest) continue;
    if (name === "FROM") stages.push([]);
    else stages.at(-1)?.push({ name, rest });
  }
  return stages;
}

/** Steps of the first stage that the tests have already done: this clone stands in for its folder. */
const doneHere = new Set([
  "WORKDIR /src",
  "COPY package.json package-lock.json ./",
  "COPY patches ./patches",
  "RUN npm ci --omit=dev",
  "COPY . .",
  "RUN npm run build",
]);

/** Runs the first stage's commands in this clone. Any step that is neither done already nor a command is an error. */
function build(instructions: readonly Instruction[]): void {
  for (const { name, rest } of instructions) {
    if (name === "ENV" || doneHere.has(`${name} ${rest}`)) continue;
    if (name !== "RUN") throw new Error(`The test does not know ${name} ${rest} in the first stage.`);
    execFileSync("sh", ["-c", rest], { cwd: projectFolder, stdio: "pipe" });
  }
}

export type Image = {
  /** The working folder, inside the folder that stands in for the container's root. */
  folder: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthCheck: string[];
};

/** Creates under `root` the files that `docker build` puts into the image. Uses the clone's existing build. */
export function buildImage(root: string): Image {
  const [first = [], last = []] = readStages();
  build(first);
  const image: Image = { folder: root, environment: {}, user: "root", command: [], healthCheck: [] };
  for (const { name, rest } of last) take(image, root, name, rest);
  return image;
}

function take(image: Image, root: string, name: string, rest: string): void {
  if (name === "WORKDIR") {
    image.folder = join(root, rest);
    mkdirSync(image.folder, { recursive: true });
  } else if (name === "ENV") {
    for (const [, variable = "", value = ""] of rest.matchAll(/([^\s=]+)=(\S+)/g)) {
      image.environment[variable] = value;
    }
  } else if (name === "COPY") copy(image, rest);
  else if (name === "USER") image.user = rest;
  else if (name === "CMD") image.command = readCommand(rest);
  else if (name === "HEALTHCHECK") image.healthCheck = readCommand(rest.slice(rest.indexOf("CMD ") + 4));
  else if (name !== "EXPOSE") throw new Error(`The test does not know ${name} ${rest} in the last stage.`);
}

/** Copies like Docker's COPY: a folder's content goes into the target. */
function copy(image: Image, rest: string): void {
  const [, source, target] = /^--from=build (\/src\/\S+) (\.\/\S*)$/.exec(rest) ?? [];
  if (!source || !target) throw new Error(`The test does not know COPY ${rest}.`);
  const from = join(projectFolder, posix.relative("/src", source));
  cpSync(from, join(image.folder, target), { recursive: true, verbatimSymlinks: true });
}

function readCommand(text: string): string[] {
  return z.array(z.string()).parse(JSON.parse(text));
}

const composeSchema = z.object({
  services: z.record(z.string(), z.looseObject({ environment: z.record(z.string(), z.string()) })),
});

/** Returns the environment that compose.yaml gives each service, with the values of `.env` filled in. */
export function readComposeEnvironments(given: Readonly<Record<string, string>>) {
  const text = readFileSync(join(projectFolder, "compose.yaml"), "utf8");
  const { services } = composeSchema.parse(parse(text));
  const fill = (value: string) =>
    value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, words) => {
      const set = given[name] ?? (kind === "-" ? words : undefined);
      if (set === undefined) throw new Error(`${name} ${words}`);
      return set;
    });
  const environmentOf = (service: string) => {
    const { environment = {} } = services[service] ?? {};
    return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
  };
  return { app: environmentOf("app"), soketi: environmentOf("soketi") };
}
