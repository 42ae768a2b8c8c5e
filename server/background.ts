// What runs by itself beside the answers: the audit sealer and the jobs.
import { existsSync } from "node:fs";
import path from "node:path";
import { errorFields, log } from "@/lib/log";

type Stop = () => Promise<void> | void;

/** Starts every worker there is. @returns what ends them */
export async function startBackground(): Promise<Stop> {
  const stops = [await start("lib/audit/sealer.ts", "startSealer"), await start("lib/jobs.ts", "startJobs")];
  return async () => {
    for (const stop of stops) {
      try {
        await stop();
      } catch (error) {
        log("error", "background.stop_failed", errorFields(error));
      }
    }
  };
}

async function start(file: string, name: string): Promise<Stop> {
  const full = path.resolve(import.meta.dirname, "..", file);
  if (!existsSync(full)) return () => undefined;
  const module = (await import(full)) as Record<string, unknown>;
  const begin = module[name];
  if (typeof begin !== "function") return () => undefined;
  const stop: unknown = await begin();
  if (typeof stop === "function") return stop as Stop;
  if (typeof stop === "object" && stop !== null && "stop" in stop && typeof stop.stop === "function")
    return stop.stop.bind(stop) as Stop;
  return () => undefined;
}
