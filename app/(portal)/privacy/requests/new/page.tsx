import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { RequestForm } from "@/components/privacy/request-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { requestChannels } from "@/lib/privacy/queries/get-request";
import { registerRequestAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy"))("requests.register") };
}

export default async function NewRequestPage() {
  const actor = await currentActor();
  if (!can(actor, "data-request:record")) forbidden();
  const t = await getTranslations("privacy");
  return (
    <>
      <PageHeader
        title={t("requests.register")}
        sub={t("requests.registerAbout")}
        crumbs={[{ href: "/privacy/requests", label: t("title") }]}
      />
      <RequestForm action={registerRequestAction} channels={await requestChannels(actor)} today={kstDay(new Date())} />
    </>
  );
}
