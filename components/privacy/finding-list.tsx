import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Glyph } from "@/components/ui/status";
import { byPlace, type Finding } from "@/lib/privacy/rules/findings";

/** What says otherwise, place by place in the order in which it is mended: what users are told comes first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations("privacy.findings");
  const roles = useTranslations("people.roles");
  return (
    <ol className="grid gap-7">
      {byPlace(findings).map(({ place, findings: here }, step) => (
        <li key={place}>
          <Section
            title={t("step", { step: step + 1, place: t(`places.${place}`) })}
            count={here.length}
            note={t(`notes.${place}`)}
          >
            <ul className="divide-y divide-line border-y border-line-2">
              {here.map((finding) => (
                <li key={finding.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 py-3">
                  <span className="mt-0.5">
                    <Glyph kind={finding.kind === "notApplied" || finding.kind === "pageOld" ? "waiting" : "warn"} />
                  </span>
                  <div className="min-w-0 flex-1 basis-60">
                    <p className="font-medium">
                      {finding.subject ? `${finding.subject}: ` : ""}
                      <FindingTitle finding={finding} />
                    </p>
                    {finding.values.sentence ? (
                      <p className="text-fg-2" lang="ko">
                        “{finding.values.sentence}”
                      </p>
                    ) : null}
                    <p className="text-sm text-fg-3">{t("owner", { role: roles(finding.owner) })}</p>
                  </div>
                  <LinkButton size="sm" href={finding.href}>
                    {t(`acts.${finding.kind}`)}
                  </LinkButton>
                </li>
              ))}
            </ul>
          </Section>
        </li>
      ))}
    </ol>
  );
}

function FindingTitle({ finding: { kind, rule, values } }: { finding: Finding }) {
  const t = useTranslations("privacy.findings");
  const lint = useTranslations("privacy.lint");
  if (kind !== "noticeSays" || !rule) return t(`kinds.${kind}`, values);
  const what = rule === "exceptions" || rule === "lines" ? lint(`${rule}.advice`, values) : lint(`${rule}.bad`, values);
  return t("kinds.noticeSays", { version: values.version ?? 0, where: String(values.where), what });
}
