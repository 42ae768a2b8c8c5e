import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AccessTabs } from "@/components/audit/access-tabs";
import { CloseReviewForm } from "@/components/audit/close-review-form";
import { FindingList } from "@/components/audit/finding-list";
import { SampleList } from "@/components/audit/sample-list";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { getReview } from "@/lib/audit/access/reviews";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { NotFound } from "@/lib/errors";
import { closeFindingAction, closeReviewAction, judgeSampleAction, recordFindingAction } from "../../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit.access"))("reviews.title") };
}

export default async function AccessReviewPage({ params }: Props) {
  const actor = await currentActor();
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const review = await getReview(actor, id).catch((error: unknown) => {
    if (error instanceof NotFound) notFound();
    throw error;
  });
  const [t, a] = await Promise.all([getTranslations("audit.access"), getTranslations("audit")]);
  const now = new Date();
  const open = review.closedAt === null;
  const may = can(actor, "access-review:record");
  return (
    <>
      <PageHeader
        title={t("reviews.of", { from: review.from, to: review.to })}
        crumbs={[
          { href: "/audit", label: a("title") },
          { href: "/audit/access", label: t("title") },
          { href: "/audit/access/reviews", label: t("reviews.title") },
        ]}
        status={
          <Status kind={open ? "waiting" : "ok"} pill>
            {open ? t("reviews.openState") : t("reviews.closedState")}
          </Status>
        }
        facts={[
          [t("reviews.records"), review.records.toLocaleString("en-US")],
          [t("reviews.samples"), `${review.judged} / ${review.samples}`],
          [t("plan.clause"), review.clause],
        ]}
      />
      <AccessTabs tab="reviews" />
      <Section title={t("reviews.samplesTitle")} note={t("reviews.samplesNote")}>
        <SampleList review={review} action={open && may ? judgeSampleAction : null} now={now} />
      </Section>
      <Section title={t("findings.title")} count={review.findingViews.length}>
        <FindingList
          review={review}
          recordAction={open && may ? recordFindingAction : null}
          closeAction={may ? closeFindingAction : null}
          now={now}
        />
      </Section>
      <Section title={t("reviews.conclusion")}>
        {review.closedAt ? (
          <>
            <p className="whitespace-pre-line text-sm">{review.conclusion}</p>
            <p className="hint mt-2">
              {review.closedBy} · <Time at={review.closedAt} as="full" />
            </p>
          </>
        ) : may ? (
          <CloseReviewForm action={closeReviewAction} review={review} />
        ) : (
          <p className="text-sm text-fg-2">{t("reviews.notClosed")}</p>
        )}
      </Section>
    </>
  );
}
