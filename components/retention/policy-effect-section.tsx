import { useLocale, useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { PolicyScope } from "@/lib/retention/rules/categories";
import type { PolicyEffect } from "@/lib/retention/rules/policy-effect";

/** Months shown; the rest is one line. */
const shown = 18;
const kinds = ["later", "dated", "awaited", "promised", "earlier", "undated", "same"] as const;

/** What an approval of the newest version would change: by kind, and by month now and then. */
export function PolicyEffectSection({
  effect,
  number,
  scope,
}: {
  effect: PolicyEffect;
  /** Of the version. */
  number: number;
  scope: PolicyScope;
}) {
  const t = useTranslations("retention.policies");
  const locale = useLocale();
  const what = t(scope === "file" ? "effect.files" : "effect.sessions");
  const count = (value: number) => value.toLocaleString(locale);
  if (effect.total === 0) {
    return (
      <Section title={t("effect.title")}>
        <p className="text-sm text-fg-2">{t("effect.none", { what })}</p>
      </Section>
    );
  }
  const rows = [
    ...effect.months.map(({ month, ...sides }) => ({
      key: month,
      name: month === "past" ? t("effect.past") : month,
      ...sides,
    })),
    { key: "undated", name: t("effect.undatedRow"), ...effect.undated },
  ].filter(({ before, after }) => before !== after);
  return (
    <Section title={t("effect.title")} note={t("effect.note", { number, what, total: effect.total })}>
      {effect.stale > 0 ? (
        <Callout kind="unknown" role="status">
          {t("effect.stale", { count: effect.stale })}
        </Callout>
      ) : null}
      <div className="grid gap-x-8 gap-y-4 desk:grid-cols-2">
        <div>
          <KeyValue
            rows={[
              ...kinds
                .filter((kind) => effect.kinds[kind] > 0)
                .map((kind): [string, string] => [t(`effect.${kind}`), count(effect.kinds[kind])]),
              [t("effect.dueAtOnce"), count(effect.dueAtOnce)],
            ]}
          />
          <p className="hint mt-3">{scope === "file" ? t("effect.earlierNote") : t("effect.rule")}</p>
        </div>
        {rows.length === 0 ? (
          <p className="text-sm text-fg-2">{t("effect.unchanged")}</p>
        ) : (
          <Table
            caption={t("effect.months")}
            head={
              <>
                <Th>{t("column.month")}</Th>
                <Th numeric>{t("column.before")}</Th>
                <Th numeric>{t("column.after")}</Th>
                <Th numeric>{t("column.change")}</Th>
              </>
            }
          >
            {rows.slice(0, shown).map(({ key, name, before, after }) => (
              <Tr key={key}>
                <TdName>{name}</TdName>
                <Td numeric>{count(before)}</Td>
                <Td numeric>{count(after)}</Td>
                <Td numeric>{after > before ? `+${count(after - before)}` : `−${count(before - after)}`}</Td>
              </Tr>
            ))}
            {rows.length > shown ? (
              <Tr>
                <Td colSpan={4}>{t("effect.more", { count: rows.length - shown })}</Td>
              </Tr>
            ) : null}
          </Table>
        )}
      </div>
    </Section>
  );
}
