import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { ConnectionOnce } from "./connection-once";

/** What a form made and nobody keeps, in the words of the console; until then its fields. */
export function OnceMade({ children }: { children: ReactNode }) {
  const t = useTranslations("dealers");
  const f = useTranslations("form");
  const words = {
    title: t("once.title"),
    body: t("once.body"),
    address: t("once.address"),
    secret: t("once.secret"),
    paths: t("once.paths"),
    toConnection: t("once.toConnection"),
    copy: f("copy"),
    copied: f("copied"),
  };
  return (
    <ConnectionOnce words={words} copyIcon={<Icon name="copy" />}>
      {children}
    </ConnectionOnce>
  );
}
