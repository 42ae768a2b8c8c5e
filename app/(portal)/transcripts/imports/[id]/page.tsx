import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { FaultTable } from "@/components/transcripts/fault-table";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { currentActor } from "@/lib/auth/session";
import { getImport, listFaultCounts } from "@/lib/transcripts/queries/list-imports";
import type { ImportReason } from "@/lib/transcripts/rules/import-row";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transcripts.imports"))("title") };
}

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ImportPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const t = await getTranslations("transcripts.imports");
  const l = await getTranslations("transcripts.lists");
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) notFound();
  const after = z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .catch(0)
    .parse((await searchParams).after ?? 0);
  const found = await getImport(actor, id.data, after);
  const counts = await listFaultCounts(actor, id.data);
  const address = `/transcripts/imports/${id.data}`;
  const { rows, stored, known, bad } = found;
  return (
    <>
      <PageHeader
        title={found.name}
        sub={found.finishedAt ? undefined : t("cut")}
        crumbs={[
          { href: "/transcripts", label: l("title") },
          { href: "/transcripts/imports", label: t("title") },
        ]}
      />
      <div className="mb-6">
        <KeyValue
          rows={[
            [t("columns.channel"), found.channel],
            [t("columns.started"), <Time key="at" at={found.startedAt} />],
            [t("columns.rows"), rows.toLocaleString()],
            [t("columns.stored"), stored.toLocaleString()],
            [t("columns.known"), known.toLocaleString()],
            [t("columns.bad"), bad.toLocaleString()],
            ...counts.map(({ reason, count }): [string, string] => [
              t(`reasons.${reason as ImportReason}`),
              count.toLocaleString(),
            ]),
          ]}
        />
      </div>
      <Section title={t("faults")} count={bad}>
        {found.faults.length === 0 ? (
          <EmptyState title={t("noFaults")}>{t("noFaultsBody")}</EmptyState>
        ) : (
          <FaultTable rows={found.faults} />
        )}
        <Pagination
          label={t("faults")}
          range={t("range", { count: found.faults.length })}
          previous={after > 0 ? address : null}
          next={found.next === null ? null : `${address}?after=${found.next}`}
        />
      </Section>
    </>
  );
}
