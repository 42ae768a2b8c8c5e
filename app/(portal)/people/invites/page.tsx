import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InviteTable } from "@/components/people/invite-table";
import { PeopleHeader } from "@/components/people/people-header";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listInvites } from "@/lib/people/queries/people";
import { resendInviteAction, withdrawInviteAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("invites.list") };
}

export default async function InvitesPage() {
  const actor = await currentActor();
  const [t, now] = [await getTranslations("people"), new Date()];
  const invites = await listInvites(actor, now);
  const mayInvite = can(actor, "person:invite");
  const invite = mayInvite ? (
    <LinkButton variant="primary" href="/people/invite" icon={<Icon name="plus" />}>
      {t("invitePerson")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PeopleHeader actor={actor} tab="invites" actions={invite} />
      <InviteTable
        invites={invites}
        acts={mayInvite ? { resend: resendInviteAction, withdraw: withdrawInviteAction } : null}
        now={now}
      />
    </>
  );
}
