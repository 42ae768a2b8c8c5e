import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccessTabs } from "@/components/audit/access-tabs";
import { ReviewTable } from "@/components/audit/review-table";
import { StartReviewForm } from "@/components/audit/start-review-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Deadline } from "@/components/ui/text";
import { getAccessPlan, listReviews } from "@/lib/audit/access/reviews";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { startReviewAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit.access"))("reviews.title") };
}

export default async function AccessReviewsPage() {
  const actor = await currentActor();
  const [t, a] = await Promise.all([getTranslations("audit.access"), getTranslations("audit")]);
  const now = new Date();
  const [plan, { reviews, next }] = await Promise.all([getAccessPlan(actor), listReviews(actor)]);
  const over = next !== null && next.to < kstDay(now);
  const mayReview = can(actor, "access-review:record");
  return (
    <>
      <PageHeader
        title={t("reviews.title")}
        sub={plan ? t("reviews.about", { clause: plan.clause, count: plan.intervalMonths }) : t("reviews.noPlanNote")}
        crumbs={[
          { href: "/audit", label: a("title") },
          { href: "/audit/access", label: t("title") },
        ]}
      />
      <AccessTabs tab="reviews" />
      {!plan ? (
        <EmptyState
          title={t("reviews.noPlan")}
          starts={[
            {
              title: t("plan.make"),
              note: t("reviews.noPlanNote"),
              action: <LinkButton href="/audit/access/plan">{t("plan.title")}</LinkButton>,
            },
          ]}
        >
          {t("reviews.noPlanBody")}
        </EmptyState>
      ) : (
        <>
          {next ? (
            <Section title={t("reviews.next")}>
              <p className="mb-3 text-sm text-fg-2">
                {t("reviews.nextPeriod", { from: next.from, to: next.to })}{" "}
                {over ? <Deadline on={next.dueOn} now={now} /> : t("reviews.running")}
              </p>
              {over && mayReview ? <StartReviewForm action={startReviewAction} from={next.from} to={next.to} /> : null}
            </Section>
          ) : null}
          {reviews.length === 0 ? (
            <EmptyState title={t("reviews.empty")}>{t("reviews.emptyNote")}</EmptyState>
          ) : (
            <Section title={t("reviews.done")}>
              <ReviewTable reviews={reviews} now={now} />
            </Section>
          )}
        </>
      )}
    </>
  );
}
