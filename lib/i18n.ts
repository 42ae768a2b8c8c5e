/** What next-intl asks on each request: the language by cookie, the sentences, the clock of Korea. */
import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import type {} from "use-intl";
import { asLocale, type Locale, localeCookie } from "./locale";
import { loadMessages } from "./messages";

// A new word joins here with its file, so that its keys are checked by the compiler.
declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      audit: typeof import("../messages/ko/audit.json");
      channels: typeof import("../messages/ko/channels.json");
      dealers: typeof import("../messages/ko/dealers.json");
      errors: typeof import("../messages/ko/errors.json");
      failure: typeof import("../messages/ko/failure.json");
      form: typeof import("../messages/ko/form.json");
      people: typeof import("../messages/ko/people.json");
      placements: typeof import("../messages/ko/placements.json");
      privacy: typeof import("../messages/ko/privacy.json");
      retention: typeof import("../messages/ko/retention.json");
      shell: typeof import("../messages/ko/shell.json");
      rehearsal: typeof import("../messages/ko/rehearsal.json");
      templates: typeof import("../messages/ko/templates.json");
      today: typeof import("../messages/ko/today.json");
      transcripts: typeof import("../messages/ko/transcripts.json");
    };
  }
}

export default getRequestConfig(async () => {
  const locale = asLocale((await cookies()).get(localeCookie)?.value);
  return { locale, messages: loadMessages(locale), timeZone: "Asia/Seoul" };
});
