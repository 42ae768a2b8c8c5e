import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ContractTable } from "@/components/dealers/contract-table";
import { DealerDirectory } from "@/components/dealers/dealer-directory";
import { DealersTabs } from "@/components/dealers/dealers-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import type { PersonActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { dealers } from "@/lib/dealers/directory";
import { listDealerChannels } from "@/lib/dealers/queries/connections";
import { listContracts } from "@/lib/dealers/queries/list-contracts";
import { listContractsSchema } from "@/lib/dealers/schema/contract";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers"))("contracts.title") };
}

type Search = Record<string, string | string[] | undefined>;

/** The list of contracts; for those who may not read contracts the official dealers, which everybody may know. */
export default async function DealersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const actor = await currentActor();
  const t = await getTranslations("dealers.contracts");
  const may = { contracts: can(actor, "contract:read"), connections: can(actor, "connection:read") };
  if (!may.contracts) {
    return (
      <>
        <PageHeader title={t("title")} sub={t("about")} />
        <DealersTabs tab="directory" may={may} />
        <DealerDirectory channels={await listDealerChannels(actor)} />
      </>
    );
  }
  return <Contracts actor={actor} search={await searchParams} connections={may.connections} />;
}

const states = ["draft", "submitted", "approved", "ended"] as const;

async function Contracts({ actor, search, connections }: { actor: PersonActor; search: Search; connections: boolean }) {
  const t = await getTranslations("dealers.contracts");
  const filter = listContractsSchema.parse(search);
  const { q, state, dealer, sort } = filter;
  const now = new Date();
  const { items, previous, next } = await listContracts(actor, filter, now);
  const narrowed = q !== undefined || state !== undefined || dealer !== undefined;
  const begun = items.length > 0 || narrowed || previous !== null;
  const mayEdit = can(actor, "contract:edit");
  const at = (more: Record<string, string | undefined>) => addressOf({ q, state, dealer, sort, ...more });
  const add = (
    <LinkButton variant="primary" href="/dealers/contracts/new" icon={<Icon name="plus" />}>
      {t("add")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} actions={mayEdit && begun ? add : null} />
      <DealersTabs tab="list" may={{ contracts: true, connections }} />
      {begun ? (
        <>
          <FilterBar
            action="/dealers"
            label={t("filterLabel")}
            search={{ value: q, placeholder: t("search") }}
            selects={[
              {
                name: "dealer",
                label: t("fields.dealer"),
                value: dealer,
                options: dealers.map(({ slug, name }) => ({ value: slug, label: name })),
              },
            ]}
            chips={[
              { href: at({ state: undefined }), label: t("filters.all"), current: state === undefined },
              ...states.map((one) => ({
                href: at({ state: one }),
                label: t(`filters.${one}`),
                current: state === one,
              })),
            ]}
            keep={{ state, sort }}
            clear={q === undefined && dealer === undefined ? undefined : at({ q: undefined, dealer: undefined })}
          />
          {items.length > 0 ? (
            <>
              <ContractTable
                contracts={items}
                byEnd={{ href: at({ sort: sort ? undefined : "end" }), current: sort === "end" }}
                now={now}
              />
              <Pagination
                label={t("pagesLabel")}
                range={t("shown", { count: items.length })}
                previous={previous && at({ before: previous })}
                next={next && at({ after: next })}
              />
            </>
          ) : (
            <EmptyState title={t("empty.filtered")}>{t("empty.filteredBody")}</EmptyState>
          )}
        </>
      ) : (
        <EmptyState
          title={t("empty.title")}
          starts={[
            ...(mayEdit ? [{ title: t("empty.start"), note: t("empty.startNote"), action: add }] : []),
            {
              title: t("empty.directory"),
              note: t("empty.directoryNote"),
              action: <LinkButton href="/dealers/directory">{t("tabs.directory")}</LinkButton>,
            },
          ]}
        >
          {t("empty.body")}
        </EmptyState>
      )}
    </>
  );
}

function addressOf(search: Record<string, string | undefined>): string {
  const given = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? `/dealers?${new URLSearchParams(given)}` : "/dealers";
}
