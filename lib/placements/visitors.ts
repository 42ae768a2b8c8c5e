// Who presses: a person, a link preview, a bot, or somebody who only asks for the head. A small table, checked 2026-11-22.

/** How a press counts: people alone make up presses and scans, the rest is `others`. */
export const visitors = ["person", "preview", "bot", "head"] as const;
export type Visitor = (typeof visitors)[number];

/** Fetchers that draw a preview when somebody pastes a link. */
const previews =
  /kakaotalk-scrap|kakaostory-og-reader|facebookexternalhit|facebookcatalog|meta-externalagent|twitterbot|slackbot|slack-imgproxy|discordbot|telegrambot|whatsapp\/|linkedinbot|skypeuripreview|line-poker|naver\.me|yeti-mobile-preview|embedly|pinterestbot|iframely|bitlybot|redditbot|applebot.*preview|microsoftpreview|googlemessages|snapchat|viber/i;
/** Crawlers, monitors and programs. */
const bots =
  /bot\b|bot[/;) ]|crawl|spider|slurp|yeti|daum(oa)?\b|baidu|mediapartners|google-|googleother|bingpreview|headlesschrome|phantomjs|lighthouse|pagespeed|uptime|pingdom|monitor|statuscake|site24x7|curl\/|wget\/|python-|python\/|aiohttp|httpx|scrapy|go-http-client|java\/|okhttp|apache-httpclient|libwww|node-fetch|axios|undici|got \(|ruby|php\/|postmanruntime|insomnia|httpie|scan|archive\.org|gptbot|claudebot|ccbot|perplexity|bytespider|ahrefs|semrush|petalbot|nutch|facebot/i;

/** KakaoTalk's own in-app browser is a person; only its scraper is a preview. An absent agent is a program. */
export function classifyVisitor(method: string | undefined, agent: string | undefined): Visitor {
  if (method === "HEAD") return "head";
  if (agent === undefined || agent === "") return "bot";
  if (previews.test(agent)) return "preview";
  return bots.test(agent) ? "bot" : "person";
}
