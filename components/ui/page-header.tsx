import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { doneSentence } from "@/lib/action";
import { Callout } from "./callout";
import { Icon } from "./icon";
import { Link } from "./link";
import { Mark } from "./mark";

export interface Crumb {
  href: string;
  label: ReactNode;
}

/**
 * The head of every page: its path in the top bar (on the phone: back arrow and title), the h1, and the sentence a redirect left.
 * `wide` lets lists such as the audit log use the full width.
 */
export async function PageHeader({
  title,
  initial,
  crumbs = [],
  here,
  status,
  sub,
  facts,
  actions,
  wide = false,
}: {
  title: ReactNode;
  /** First letter of what the page is about, in a square before its name. */
  initial?: string;
  /** The pages above this one, outermost first. */
  crumbs?: readonly Crumb[];
  /** The name of this page in its path, where it is not the title. */
  here?: ReactNode;
  status?: ReactNode;
  sub?: ReactNode;
  /** One line of identity facts: [name, value]. */
  facts?: readonly (readonly [ReactNode, ReactNode])[];
  actions?: ReactNode;
  wide?: boolean;
}) {
  const t = await getTranslations("shell");
  const done = await doneSentence();
  const above = crumbs.at(-1);
  return (
    <>
      <nav className="crumb" aria-label={t("here")}>
        {above ? (
          <Link className="back" href={above.href}>
            <Icon name="arrow-left" />
            <span className="sr-only">
              {t("back")} {above.label}
            </span>
          </Link>
        ) : (
          <span className="back">
            <Mark />
          </span>
        )}
        <ol>
          {crumbs.map((crumb) => (
            <li key={crumb.href}>
              <Link href={crumb.href}>{crumb.label}</Link>
              <Icon name="chevron-right" />
            </li>
          ))}
          <li>
            <span aria-current="page">{here ?? title}</span>
          </li>
        </ol>
      </nav>
      <div className={wide ? "head wide" : "head"}>
        {initial ? (
          <span
            className="size-11 flex-none rounded-3 bg-ink text-center text-lg leading-11 font-semibold text-on-ink max-desk:hidden"
            aria-hidden="true"
          >
            {initial}
          </span>
        ) : null}
        <div className="min-w-0">
          <div className="title">
            <h1>{title}</h1>
            {status}
          </div>
          {sub ? <p className="sub">{sub}</p> : null}
          {facts ? (
            <dl className="facts">
              {facts.map(([name, value], index) => (
                <div key={typeof name === "string" ? name : index}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </div>
        {actions ? <div className="actions">{actions}</div> : null}
      </div>
      {done ? (
        <Callout kind="ok" role="status">
          {done}
        </Callout>
      ) : null}
    </>
  );
}
