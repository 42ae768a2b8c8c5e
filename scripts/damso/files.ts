// files: whether what lies in the file store is what was recorded, and all of it.
import type { Command } from "commander";
import type { FilesVerified } from "@/lib/file-check";
import type { CommandContext, Shown } from "./context";
import { listOrganizations, operatorOf } from "./organizations";

export function registerFileCommands(program: Command, context: CommandContext): void {
  const files = program.command("files").description("보관한 파일 / files kept as proof");
  files
    .command("verify")
    .description(
      "모든 파일을 기록된 SHA-256과 대조하고, 기록 없는 파일을 찾습니다. 하나라도 있으면 1로 끝납니다 / compare every file with its recorded SHA-256 and name files without a row; exits 1 when there is one",
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
  const { strayFiles, verifyFiles } = await import("@/lib/file-check");
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
  // The store is everybody's: one organization alone says nothing of what has no row.
  const strays = slug === undefined ? await strayFiles(new Date()) : [];
  if (strays.length > 0) context.exitCode = 1;
  if (context.json) context.one({ ok: context.exitCode === 0, items, strays });
  else if (strays.length > 0)
    for (const line of [
      `✗ 기록 없는 파일 ${strays.length}개 / ${strays.length} files without a row`,
      ...strays.map((name) => `  ✗ ${name}`),
    ])
      context.write(line);
}

function inWords(slug: string, { checked, differences, milliseconds }: FilesVerified): string[] {
  const sign = differences.length === 0 ? "✓" : "✗";
  return [
    `${sign} ${slug}: 파일 ${checked}개, 다른 것 ${differences.length}개 / ${checked} files, ${differences.length} different (${milliseconds} ms)`,
    ...differences.flatMap(({ path, expected, seen, bytes }) => [
      `  ✗ ${path}`,
      `    기록 / recorded ${expected}${bytes ? ` ${bytes.expected} B` : ""}`,
      `    지금 / found    ${seen ?? "없음 / no file"}${bytes ? ` ${bytes.seen} B` : ""}`,
    ]),
  ];
}
