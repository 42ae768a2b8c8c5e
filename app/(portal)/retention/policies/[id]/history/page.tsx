import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PolicyHeader } from "@/components/retention/policy-header";
import { PolicySteps } from "@/components/retention/policy-steps";
import { PolicyDifference, PolicyVersions } from "@/components/retention/policy-versions";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { policyCode } from "@/lib/retention/rules/policy-content";
import { loadPolicy } from "../policy";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("retention.policies.history");
  return { title: `${t("title")} · ${policyCode((await loadPolicy((await params).id)).policy.number)}` };
}

export default async function PolicyHistoryPage({ params, searchParams }: Props) {
  const { policy, now } = await loadPolicy((await params).id);
  const t = await getTranslations("retention.policies");
  const { from, to } = await searchParams;
  const version = (said: unknown) => policy.versions.find((one) => String(one.number) === said);
  const after = version(to) ?? policy.versions[0];
  const before = version(from) ?? policy.versions[1];
  return (
    <>
      <PolicyHeader policy={policy} tab="history" />
      <Section title={t("history.title")}>
        {before && after ? (
          <>
            <form className="mb-3 flex flex-wrap items-end gap-3" action={`/retention/policies/${policy.id}/history`}>
              {(
                [
                  ["from", before],
                  ["to", after],
                ] as const
              ).map(([name, chosen]) => (
                <label key={name} className="label">
                  {t(`history.${name}`)}
                  <select name={name} defaultValue={chosen.number} className="input mt-1 block">
                    {policy.versions.map(({ number }) => (
                      <option key={number} value={number}>
                        {t("version", { number })}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
              <Button type="submit">{t("history.compare")}</Button>
            </form>
            <PolicyDifference before={before} after={after} />
          </>
        ) : (
          <p className="text-sm text-fg-2">{t("history.one")}</p>
        )}
      </Section>
      <PolicyVersions policy={policy} now={now} />
      <PolicySteps steps={policy.steps} now={now} />
    </>
  );
}
