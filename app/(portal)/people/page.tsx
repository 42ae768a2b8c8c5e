import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FactorNote } from "@/components/people/factor-note";
import { PeopleHeader } from "@/components/people/people-header";
import { PersonTable } from "@/components/people/person-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { countPeople, listPeople } from "@/lib/people/queries/people";
import { listPeopleSchema } from "@/lib/people/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PeoplePage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("people");
  const now = new Date();
  const filter = listPeopleSchema.parse(await searchParams);
  const [page, counts] = [await listPeople(actor, filter, now), await countPeople(actor, now)];
  const { q, state } = filter;
  const at = (more: Record<string, string | undefined>) => addressOf({ q, state, ...more });
  const invite = can(actor, "person:invite") ? (
    <LinkButton variant="primary" href="/people/invite" icon={<Icon name="plus" />}>
      {t("invitePerson")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PeopleHeader actor={actor} tab="people" openInvites={counts.openInvites} actions={invite} />
      <FactorNote {...counts} toSettings={can(actor, "organization:settings")} />
      <FilterBar
        action="/people"
        label={t("filter")}
        search={{ value: q, placeholder: t("search") }}
        chips={[
          { href: at({ state: undefined }), label: t("all"), current: state === undefined },
          { href: at({ state: "active" }), label: t("states.active"), current: state === "active" },
          { href: at({ state: "ended" }), label: t("states.ended"), current: state === "ended" },
        ]}
        keep={{ state }}
        clear={q === undefined ? undefined : at({ q: undefined })}
      />
      {page.items.length > 0 ? (
        <PersonTable
          people={page.items}
          self={actor.personId}
          secondFactorNeeded={counts.secondFactorNeeded}
          now={now}
        />
      ) : (
        <EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState>
      )}
      <Pagination
        label={t("pages")}
        range={t("shown", { count: page.items.length })}
        previous={page.previous && at({ before: page.previous })}
        next={page.next && at({ after: page.next })}
      />
    </>
  );
}

function addressOf(search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? `/people?${new URLSearchParams(given)}` : "/people";
}
