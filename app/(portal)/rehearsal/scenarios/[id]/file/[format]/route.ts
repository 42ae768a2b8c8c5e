import { getTranslations } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { Forbidden } from "@/lib/errors";
import { fileAnswer, missingAnswer } from "@/lib/file-answer";
import { getScenario } from "@/lib/rehearsal/queries/get-scenario";
import { mermaidOf } from "@/lib/rehearsal/rules/draw-scenario";
import type { ScenarioFile } from "@/lib/rehearsal/schema/scenario";

type Params = { params: Promise<{ id: string; format: string }> };

/** The newest draft as JSON (lib/rehearsal/scenario.schema.json) or as Mermaid; 404 for everybody else. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const signed = await signedIn();
  const { id, format } = await params;
  if (!signed || (format !== "json" && format !== "mermaid")) return missingAnswer();
  try {
    const scenario = await getScenario(signed.actor, id);
    if (!scenario) return missingAnswer();
    const { name, content } = scenario;
    if (format === "json") {
      const file: ScenarioFile = { format: "damso-scenario", version: 1, name, scenario: content };
      return answer(`${name}.json`, "application/json", `${JSON.stringify(file, null, 2)}\n`);
    }
    const t = await getTranslations("rehearsal");
    const words = {
      ...{ open: t("way.open"), closed: t("way.closed"), menu: t("kind.menu"), answer: t("kind.answer") },
      ...{ hours: t("kind.hours"), agent: t("kind.agent"), end: t("kind.end") },
    };
    return answer(`${name}.mmd`, "text/plain; charset=utf-8", mermaidOf(content, words));
  } catch (error) {
    if (error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}

function answer(name: string, mime: string, text: string): Response {
  return fileAnswer({ name, mime, stream: new Blob([text]).stream() });
}
