// templates validate: the same judgement as the editor's, for files and pipes.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { sentence } from "@/lib/messages";
import { isSendable, judge } from "@/lib/templates/rules/judge";
import type { TemplateReport } from "@/lib/templates/rules/report";
import { templateContentSchema } from "@/lib/templates/schema/content";
import { setupError } from "../setup-error.mjs";
import type { CommandContext } from "./context";

/** A message may be long; a file of them is not endless. */
const mostBytes = 20 * 2 ** 20;

type Validated = { at: string; sendable: boolean } & TemplateReport;

export function registerTemplateCommands(program: Command, context: CommandContext): void {
  const templates = program.command("templates").description("메시지 템플릿 / message templates");
  templates
    .command("validate")
    .argument(
      "<file>",
      "JSON 하나, 배열, 또는 줄마다 하나; -는 표준 입력 / one JSON, an array, or one a line; - for stdin",
    )
    .description("메시지 한도를 확인합니다 / check messages against their limits")
    .action((file: string) => {
      const found = read(file === "-" ? 0 : context.file(file)).map(validated);
      const findings = found.flatMap(({ at, findings }) =>
        findings.map(({ path, severity, rule, values, source, section }) => ({
          ...{ at, path, severity, rule, source, section },
          says: sentence(`templates.rule.${rule}`, "ko", values),
        })),
      );
      const sendable = found.filter((one) => one.sendable).length;
      if (sendable < found.length) context.exitCode = 1;
      const [first] = found;
      if (found.length === 1 && first)
        context.one({ valid: first.sendable, findings, counts: first.counts.map((count) => ({ ...count })) }, [
          ...findings.map(({ severity, path, says }) => `${severity === "error" ? "✗" : "·"} ${path}: ${says}`),
          first.sendable ? "보낼 수 있습니다. / It can be sent." : "보낼 수 없습니다. / It cannot be sent.",
        ]);
      else
        context.one({ valid: sendable === found.length, messages: found.length, sendable, findings }, [
          ...findings.map(
            ({ at, severity, path, says }) => `${severity === "error" ? "✗" : "·"} ${at} ${path}: ${says}`,
          ),
          `${sendable} / ${found.length}`,
        ]);
    });
}

function read(from: string | 0): { at: string; value: unknown }[] {
  const text = readFileSync(from);
  if (text.byteLength > mostBytes) throw setupError("파일이 20MB를 넘습니다.", "The file is larger than 20 MB.");
  const whole = parsed(text.toString("utf8"));
  const all = Array.isArray(whole) ? whole : [whole];
  return all.map((value, place) => ({ at: `${place + 1}`, value }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return text.split("\n").flatMap((row) => (row.trim() === "" ? [] : [JSON.parse(row)]));
    } catch {
      throw setupError("JSON이 아닙니다.", "This is not JSON.");
    }
  }
}

/** Files are not looked at: only the console knows them. */
function validated({ at, value }: { at: string; value: unknown }): Validated {
  const content = templateContentSchema.safeParse(value);
  if (content.success) {
    const report = judge(content.data, { media: null });
    return { at, sendable: isSendable(report), ...report };
  }
  const findings = content.error.issues.map(({ path }) => ({
    ...{ path: path.join("."), severity: "error" as const, rule: "shape", values: {} },
    ...{ source: "ours" as const, section: "" },
  }));
  return { at, sendable: false, findings, counts: [] };
}
