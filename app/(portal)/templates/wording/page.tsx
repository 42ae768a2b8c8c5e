import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateTabs } from "@/components/templates/template-tabs";
import { WordRuleActs } from "@/components/templates/word-rule-form";
import { WordRuleTable } from "@/components/templates/word-rule-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { listWordRules } from "@/lib/templates/queries/word-rules";
import { exampleWordRules } from "@/lib/templates/rules/wording";
import { addExampleWordRulesAction, addWordRuleAction, endWordRuleAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.wording"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function WordingPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("templates.wording");
  const all = (await searchParams).which === "all";
  const today = kstDay(new Date());
  const rules = await listWordRules(actor);
  const shown = rules.filter(({ untilOn }) => all || untilOn === null || untilOn >= today);
  const mayEdit = can(actor, "word-rule:edit");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/templates", label: (await getTranslations("templates.list"))("title") }]}
        actions={
          mayEdit ? (
            <WordRuleActs
              add={addWordRuleAction}
              examples={addExampleWordRulesAction}
              count={exampleWordRules.length}
              today={today}
            />
          ) : null
        }
      />
      <TemplateTabs current="wording" />
      {rules.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyNote")}</EmptyState>
      ) : (
        <>
          <div className="mb-4">
            <Segments
              label={t("which")}
              items={[
                { href: "/templates/wording", label: t("now"), current: !all },
                { href: "/templates/wording?which=all", label: t("all"), current: all },
              ]}
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState title={t("none")} />
          ) : (
            <WordRuleTable rules={shown} today={today} end={mayEdit ? endWordRuleAction : null} />
          )}
        </>
      )}
    </>
  );
}
