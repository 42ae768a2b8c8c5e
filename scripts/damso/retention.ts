// retention preview, destroy and replay: what is due, going on with a run that people began, destroying again after a restore.
import type { Command } from "commander";
import { NotFound } from "@/lib/errors";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

type Chosen = { organization?: string };

export function registerRetentionCommands(program: Command, context: CommandContext): void {
  const retention = program.command("retention").description("보유와 파기 / retention and destruction");
  retention
    .command("preview")
    .description("지금 파기하면 무엇이 파기되는지, 채널별로 / what a destruction would destroy now, by channel")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ organization }: Chosen) => {
      await open(context);
      const { previewDestruction } = await import("@/lib/retention/queries/preview-destruction");
      const now = new Date();
      const items = [];
      for (const { id, slug } of await listOrganizations(organization))
        for (const row of await previewDestruction(operatorOf(id), now)) items.push({ organization: slug, ...row });
      context.list(items);
    });
  retention
    .command("destroy")
    .description(
      "사람이 승인하고 시작한 파기를 끝까지 실행합니다 / run a destruction that people approved and began to its end",
    )
    .requiredOption("--run <id>", "파기의 id / id of the destruction")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ run, organization }: Chosen & { run: string }) => {
      await open(context);
      await goOn(context, run, organization);
    });
  retention
    .command("replay")
    .description("복원 뒤에, 이미 파기한 것을 다시 파기합니다 / after a restore, destroy again what had been destroyed")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ organization }: Chosen) => {
      await open(context);
      const { replayJournal } = await import("@/lib/archive/journal");
      const items = [];
      for (const { id, slug } of await listOrganizations(organization))
        items.push({ organization: slug, destroyedAgain: await replayJournal(operatorOf(id), new Date()) });
      context.list(items);
    });
}

async function open(context: CommandContext): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
}

/** The approval and the start stay with people; the batches are those that the server's own clerk would run. */
async function goOn(context: CommandContext, run: string, slug?: string): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(run)) throw new NotFound();
  const { runBatch } = await import("@/lib/retention/commands/run-destruction");
  const { getDestruction } = await import("@/lib/retention/queries/get-destruction");
  for (const { id } of await listOrganizations(slug)) {
    const actor = operatorOf(id);
    const state = async () => (await getDestruction(actor, run, new Date()))?.state;
    const before = await state();
    if (!before) continue;
    if (before !== "running" && before !== "finished" && before !== "stopped")
      throw setupError(
        "아직 시작되지 않은 파기입니다. 포털에서 승인하고 시작해 주십시오.",
        "This destruction has not begun: approve and start it in the portal.",
      );
    let batches = 0;
    const clerk = { kind: "job", name: "destructions", organizationId: id } as const;
    while ((await runBatch(clerk, run, new Date())) === "batch") batches += 1;
    const after = await state();
    if (after !== "finished") context.exitCode = 1;
    context.one({ run, state: after, batches });
    return;
  }
  throw new NotFound();
}
