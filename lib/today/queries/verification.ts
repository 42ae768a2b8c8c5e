import { verdictOf } from "@/lib/audit/rules";
import { daysBetween, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Waiting } from "../rules";

export async function waitingVerification(tx: Tx, now: Date): Promise<Waiting[]> {
  const last = await tx.auditEvent.findFirst({
    where: { action: "audit.verified" },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { at: true, body: true },
  });
  const failed = last !== null && !verdictOf(last.body)?.sound;
  const old = last !== null && daysBetween(kstDay(last.at), kstDay(now)) > 2;
  if (!failed && !old) return [];
  return [
    {
      id: "verification",
      group: "audit",
      entry: "audit",
      roles: ["COMPLIANCE_OFFICER", "AUDITOR"],
      kind: failed ? "broken" : "unverified",
      values: {},
      subject: "",
      dueOn: null,
      href: "/audit",
    },
  ];
}
