// files: whether what lies in the file store is what was recorded.
import type { Command } from "commander";
import type { FilesVerified } from "@/lib/file-check";
import type { CommandContext, Shown } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

export function registerFileCommands(program: Command, context: CommandContext): void {
  const files = program.command("files").description("보관한 파일 / files kept as proof");
  files
    .command("verify")
    .description(
      "모든 파일을 올린 때의 SHA-256과 대조합니다. 다르면 1로 끝납니다 / compare every file with its recorded SHA-256; exits 1 when one differs",
    )
    .option("--organization <slug>", "한 회사만 / one organization alone")
    .action(async ({ organization }: { organization?: string }) => {
      await context.open();
      const { closeDatabase } = await import("@/lib/db/client");
      context.atEnd(closeDatabase);
      await verify(context, organization);
    });
}

async function verify(context: CommandContext, slug: string | undefined): Promise<void> {
  const { verifyFiles } = await import("@/lib/file-check");
  const items: Shown[] = [];
  for (const organization of await listOrganizations(slug)) {
    let bar: ReturnType<CommandContext["progress"]> | undefined;
    const found = await verifyFiles(operatorOf(organization.id), {
      onProgress: (_done, total) => {
        bar ??= context.progress(organization.slug, total);
        bar.advance();
      },
    });
    bar?.end();
    if (found.differences.length > 0) context.exitCode = 1;
    const { checked, bytes, differences, milliseconds } = found;
    const ok = differences.length === 0;
    items.push({ ok, organization: organization.slug, checked, bytes, differences, milliseconds });
    if (!context.json) for (const line of inWords(organization.slug, found)) context.write(line);
  }
  if (context.json) context.one({ ok: context.exitCode === 0, items });
}

function inWords(slug: string, { checked, differences, milliseconds }: FilesVerified): string[] {
  const sign = differences.length === 0 ? "✓" : "✗";
  return [
    `${sign} ${slug}: 파일 ${checked}개, 다른 것 ${differences.length}개 / ${checked} files, ${differences.length} different (${milliseconds} ms)`,
    ...differences.flatMap(({ path, expected, seen }) => [
      `  ✗ ${path}`,
      `    올린 때 / recorded ${expected}`,
      `    지금 / found        ${seen ?? "없음 / no file"}`,
    ]),
  ];
}
