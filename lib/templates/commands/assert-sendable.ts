import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { judgeGiven } from "../queries/judge-given";
import { judge } from "../rules/judge";
import type { TemplateContent } from "../schema/content";

/** @throws Refused with the number of faults that keep a message from being sent; the editor names each */
export async function assertSendable(tx: Tx, content: TemplateContent): Promise<void> {
  const { findings } = judge(content, await judgeGiven(tx, content));
  const count = findings.filter(({ severity }) => severity === "error").length;
  if (count > 0) throw new Refused("templates.template.refused.faults", undefined, { count });
}
