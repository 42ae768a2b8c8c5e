import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { type JudgedAbout, reportOf } from "../queries/judge-given";
import type { TemplateContent } from "../schema/content";

/** @throws Refused with the number of faults that keep a message from being sent; the editor names each */
export async function assertSendable(tx: Tx, content: TemplateContent, about: JudgedAbout, now: Date): Promise<void> {
  const { findings } = (await reportOf(tx, content, about, kstDay(now))).report;
  const count = findings.filter(({ severity }) => severity === "error").length;
  if (count > 0) throw new Refused("templates.template.refused.faults", undefined, { count });
}
