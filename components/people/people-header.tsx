import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import type { Actor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";

type Tab = "people" | "invites" | "roles" | "history";

/** Title and tabs of the pages about people; only those the viewer may open. */
export function PeopleHeader({
  actor,
  tab,
  openInvites,
  actions,
}: {
  actor: Actor;
  tab: Tab;
  openInvites?: number;
  actions?: ReactNode;
}) {
  const t = useTranslations("people");
  const reads = can(actor, "person:read");
  const tabs = [
    ...(reads
      ? [
          { href: "/people", label: t("tabs.people"), current: tab === "people" },
          {
            href: "/people/invites",
            label: t("tabs.invites"),
            count: openInvites || undefined,
            current: tab === "invites",
          },
        ]
      : []),
    { href: "/people/roles", label: t("tabs.roles"), current: tab === "roles" },
    ...(can(actor, "right:read")
      ? [{ href: "/people/history", label: t("tabs.history"), current: tab === "history" }]
      : []),
  ];
  return (
    <>
      <PageHeader title={t("title")} sub={t("sub")} actions={actions} />
      <Tabs label={t("tabs.label")} tabs={tabs} />
    </>
  );
}
