import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { RoomBubbles } from "@/components/rehearsal/room-bubbles";
import { bubbleWords } from "@/components/templates/bubble-words";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { currentActor } from "@/lib/auth/session";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { boundParts } from "@/lib/rehearsal/rules/bound";
import { reportSteps } from "@/lib/rehearsal/rules/report";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.run"))("reportTitle") };
}

/** What was walked, what it was walked with, and the phone at each step. */
export default async function ReportPage({ params }: Props) {
  const now = new Date();
  const view = await getRehearsal(await currentActor(), (await params).id, now);
  if (!view) notFound();
  const t = await getTranslations("rehearsal.run");
  const steps = reportSteps(view);
  const words = await bubbleWords(view.channelName, "PLAIN_TEXT");
  const events = new Map(view.events.map((event) => [event.number, event]));
  return (
    <>
      <PageHeader
        title={t("reportTitle")}
        sub={t("reportAbout")}
        crumbs={[
          { href: "/rehearsal", label: t("title") },
          { href: `/rehearsal/${view.id}`, label: t("titleOf", { channel: view.channelName }) },
        ]}
        actions={
          <a className="btn" href={`/rehearsal/${view.id}/report/pdf`} download>
            {t("pdf")}
          </a>
        }
      />
      {view.changed.length > 0 ? (
        <Callout kind="warn" title={t("stale")}>
          <p>{view.changed.map((part) => t(`part.${part}`)).join(", ")}</p>
        </Callout>
      ) : null}
      <Section title={t("boundTo")}>
        <KeyValue
          rows={boundParts.map((part) => [
            t(`part.${part}`),
            view.bound[part] === "" ? t("noHash") : <Hash key={part} value={view.bound[part]} head={8} tail={8} />,
          ])}
        />
      </Section>
      <Section title={t("stepsTitle")}>
        <Table
          caption={t("stepsTitle")}
          head={
            <>
              <Th>{t("stepColumn")}</Th>
              <Th>{t("state")}</Th>
              <Th numeric>{t("whenColumn")}</Th>
            </>
          }
        >
          {steps.map((step) => (
            <Tr key={step.key}>
              <TdName
                second={
                  step.sameAs ? `${step.section} · ${t("sameAs", { step: t(`step.${step.sameAs}`) })}` : step.section
                }
              >
                {t(`step.${step.key}`)}
              </TdName>
              <Td>
                <Status kind={step.at ? "ok" : step.needed ? "warn" : "off"}>
                  {step.at ? t("walked") : step.needed ? t("notWalked") : t("optional")}
                </Status>
              </Td>
              <Td numeric nowrap>
                {step.at ? <Time at={step.at} now={now} /> : t("noHash")}
              </Td>
            </Tr>
          ))}
        </Table>
      </Section>
      <Section title={t("pictures")}>
        <div className="rehearse-pictures">
          {steps.map((step) =>
            step.picture ? (
              <figure key={step.key}>
                <figcaption>
                  {step.section} · {t(`step.${step.key}`)}
                </figcaption>
                <RoomBubbles bubbles={step.picture} events={events} words={words} />
              </figure>
            ) : null,
          )}
        </div>
      </Section>
    </>
  );
}
