// jobs: what ran by itself, and running one by hand.
import type { Command } from "commander";
import { Refused } from "@/lib/errors";
import type { CommandContext, Shown } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

export function registerJobCommands(program: Command, context: CommandContext): void {
  program
    .command("jobs")
    .description("예약 작업과 최근 실행 / jobs and their latest runs")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async (options: { organization?: string }) => {
      await open(context);
      const { listJobRuns } = await import("@/lib/jobs/ledger");
      const items: Shown[] = [];
      for (const { id, slug } of await listOrganizations(options.organization)) {
        for (const run of await listJobRuns(operatorOf(id), 50)) items.push({ organization: slug, ...run });
      }
      context.list(items);
    });
  program
    .command("job")
    .argument("<name>", "작업 이름 / name of the job")
    .description(
      "작업을 한 번 실행합니다. 이 기간에 끝난 작업은 다시 하지 않습니다 / run a job once; a period that is done stays done",
    )
    .option("--once", "한 번만 실행합니다 / run once")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async (name: string, options: { organization?: string }) => {
      await open(context);
      const items = await runOnce(name, options.organization);
      if (items.some(({ result }) => result === "failed" || result === "lost")) context.exitCode = 1;
      context.list(items);
    });
}

async function open(context: CommandContext): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
}

async function runOnce(name: string, slug: string | undefined): Promise<Shown[]> {
  const { chores, jobs, runPeriod } = await import("@/lib/jobs");
  const { duePeriod } = await import("@/lib/jobs/period");
  const chore = chores.find((one) => one.name === name);
  if (chore) {
    await chore.run(new Date());
    return [{ job: name, organization: null, period: null, result: "ok" }];
  }
  const job = jobs.find((one) => one.name === name);
  if (!job)
    throw new Refused("audit.unknownJob", undefined, {
      name: `${name} (${[...jobs, ...chores].map((one) => one.name).join(", ")})`,
    });
  const items: Shown[] = [];
  for (const organization of await listOrganizations(slug)) {
    const { period, result } = await runPeriod(job, organization.id, duePeriod(job, new Date()), true);
    items.push({ job: name, organization: organization.slug, period, result });
  }
  return items;
}
