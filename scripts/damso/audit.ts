// audit: proves the log, and takes the head of its chain for keeping outside.
import { readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import type { Verification } from "@/lib/audit/verify";
import { setupError } from "../setup-error.mjs";
import type { CommandContext, Shown } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

const largestFile = 16 * 1024 ** 2;

export function registerAuditCommands(program: Command, context: CommandContext): void {
  const audit = program.command("audit").description("감사 로그 / the audit log");
  audit
    .command("verify")
    .description("체인을 검증합니다. 어긋나면 1로 끝납니다 / verify the chain; exits 1 when it is broken")
    .option("--checkpoint <file>", "밖에 둔 사본과 비교합니다 / compare with a copy kept outside")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async (options: { checkpoint?: string; organization?: string }) => {
      await open(context);
      await verify(context, options);
    });
  audit
    .command("checkpoint")
    .description("체인의 머리를 출력합니다. 밖에 보관하십시오 / print the head of the chain, to be kept elsewhere")
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async (options: { organization?: string }) => {
      await open(context);
      const { takeCheckpoint } = await import("@/lib/audit/commands");
      const points = [];
      for (const { id } of await listOrganizations(options.organization))
        points.push(await takeCheckpoint(operatorOf(id), new Date()));
      // The file is JSON with or without --json.
      context.write(JSON.stringify(points.length === 1 ? points[0] : points));
    });
}

async function open(context: CommandContext): Promise<void> {
  await context.open();
  const { closeDatabase } = await import("@/lib/db/client");
  context.atEnd(closeDatabase);
}

async function verify(context: CommandContext, options: { checkpoint?: string; organization?: string }): Promise<void> {
  const { checkpointFor, readCheckpointFile } = await import("@/lib/audit/checkpoint");
  const { verifyAudit } = await import("@/lib/audit/commands");
  const now = new Date();
  const points = options.checkpoint ? readCheckpointFile(textOf(context.file(options.checkpoint))) : [];
  const organizations = await listOrganizations(options.organization);
  // With a file: the organizations it names, all of which must be known here; with --organization, that one must be in it.
  const chosen =
    points.length > 0 && options.organization === undefined
      ? points.map(
          ({ organization }) =>
            organizations.find(({ id }) => id === organization) ?? { id: "", slug: organization, name: "" },
        )
      : organizations;
  const checked = chosen.map((organization) => ({
    organization,
    checkpoint: points.length > 0 ? checkpointFor(points, organization.id, now) : undefined,
  }));
  const items: Shown[] = [];
  for (const { organization, checkpoint } of checked) {
    let bar: ReturnType<CommandContext["progress"]> | undefined;
    let shown = 0;
    const found = await verifyAudit(operatorOf(organization.id), {
      ...(checkpoint ? { checkpoint } : {}),
      onProgress: (done, total) => {
        bar ??= context.progress(organization.slug, total);
        bar.advance(done - shown);
        shown = done;
      },
    });
    if (!found.sound) context.exitCode = 1;
    items.push(asShown(organization.slug, found, checkpoint?.seq ?? null));
    if (!context.json)
      for (const line of await inWords(organization.slug, found, checkpoint?.seq ?? null)) context.write(line);
  }
  if (context.json) context.one(items.length === 1 && items[0] ? items[0] : { ok: context.exitCode === 0, items });
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > largestFile)
      throw setupError("체인 사본 파일이 너무 큽니다.", "The checkpoint file is too large.");
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw setupError(`파일이 없습니다: ${file}`, `There is no such file: ${file}`);
    }
    throw error;
  }
}

function asShown(slug: string, found: Verification, checkpoint: number | null): Shown {
  const { sound, entries, seq, hash, unsealed, fault, milliseconds } = found;
  return {
    ok: sound,
    organization: slug,
    entries,
    head: { seq, hash },
    unsealed: { count: unsealed.count, oldestAt: unsealed.oldestAt },
    checkpoint,
    fault: fault ? { ...fault } : null,
    milliseconds,
    entriesPerSecond: rate(found),
  };
}

async function inWords(slug: string, found: Verification, checkpoint: number | null): Promise<string[]> {
  const { faultWord } = await import("@/components/audit/fault-word");
  const { entries, seq, hash, unsealed, fault, milliseconds } = found;
  const lines = [
    `${found.sound ? "✓" : "✗"} ${slug}: ${entries}건 / entries, ${milliseconds} ms (${rate(found)}/s)`,
    `  머리 / head: ${seq} ${hash}`,
  ];
  if (checkpoint !== null) lines.push(`  사본 / checkpoint: ${checkpoint}`);
  if (unsealed.count > 0) {
    lines.push(`  고정 전 / unsealed: ${unsealed.count} (${unsealed.oldestAt?.toISOString() ?? ""}부터 / since)`);
  }
  if (fault)
    lines.push(
      `  ✗ ${faultWord(fault, "ko")}${fault.eventId ? ` (${fault.eventId})` : ""}`,
      `  ✗ ${faultWord(fault, "en")}`,
    );
  return lines;
}

function rate({ entries, milliseconds }: Verification): number {
  return Math.round(entries / Math.max(0.001, milliseconds / 1_000));
}
