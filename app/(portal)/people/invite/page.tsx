import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { InviteForm } from "@/components/people/invite-form";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { dayWithWeekday, kstDay } from "@/lib/clock";
import { auditorLastDay } from "@/lib/people/rules";
import { invitePersonAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("inviteForm.title") };
}

export default async function InvitePersonPage() {
  const actor = await currentActor();
  if (!can(actor, "person:invite")) forbidden();
  const [t, locale, now] = [await getTranslations("people"), await getLocale(), new Date()];
  return (
    <>
      <PageHeader
        title={t("inviteForm.title")}
        crumbs={[{ href: "/people", label: t("title") }]}
        sub={t("inviteForm.sub")}
      />
      <InviteForm
        action={invitePersonAction}
        today={kstDay(now)}
        auditorUntil={dayWithWeekday(auditorLastDay(now), locale, now)}
      />
    </>
  );
}
