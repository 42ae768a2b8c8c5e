import { getLocale, getTranslations } from "next-intl/server";
import { can } from "@/lib/auth/permissions";
import { signedIn } from "@/lib/auth/session";
import { csvLine } from "@/lib/csv";
import { asLocale } from "@/lib/locale";
import { placeColumns } from "@/lib/placements/rules/place-list";
import { media } from "@/lib/placements/schema";

/** An empty list with its headings and one line for each kind of place, to be filled in and handed in again. */
export async function GET(): Promise<Response> {
  const signed = await signedIn();
  if (!signed || !can(signed.actor, "placement:create")) return new Response(null, { status: 404 });
  const t = await getTranslations({ locale: asLocale(await getLocale()), namespace: "placements" });
  const lines = media.map((medium) =>
    placeColumns.map((column) => {
      if (column === "medium") return t(`medium.${medium}`);
      if (column === "name" || column === "site" || column === "location")
        return t(`import.sample.${medium}.${column}`);
      return column === "pageUrl" && (medium === "web" || medium === "mobile_web") ? "https://www.example.com/" : "";
    }),
  );
  const text = [placeColumns.map((column) => t(`field.${column}`)), ...lines].map(csvLine).join("");
  return new Response(`\ufeff${text}`, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="places.csv"',
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
