import { useTranslations } from "next-intl";
import type { ConsigneeChange } from "@/lib/privacy/rules/consignee-list";

/** What changes from one list to another, a line each. */
export function ConsigneeChanges({ changes }: { changes: readonly ConsigneeChange[] }) {
  const t = useTranslations("privacy.consignees.changes");
  return (
    <ul className="grid gap-1">
      {changes.map(({ kind, consignee, sub, before, after }) => (
        <li key={`${kind} ${consignee} ${sub}`}>
          {t(kind, { company: sub || consignee, parent: consignee, before: before || "–", after: after || "–" })}
        </li>
      ))}
    </ul>
  );
}
