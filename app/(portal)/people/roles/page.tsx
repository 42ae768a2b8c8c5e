import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PeopleHeader } from "@/components/people/people-header";
import { RoleTable } from "@/components/people/role-table";
import { currentActor } from "@/lib/auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("rolesPage.title") };
}

export default async function RolesPage() {
  const actor = await currentActor();
  const t = await getTranslations("people");
  return (
    <>
      <PeopleHeader actor={actor} tab="roles" />
      <p className="mb-4 text-sm text-fg-2">{t("rolesPage.sub")}</p>
      <RoleTable />
    </>
  );
}
