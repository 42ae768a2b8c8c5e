// Who presses: a person, a link preview, a bot, or somebody who only asks for the head. A small table, checked 2026-11-22.

/** How a press counts: people alone make up presses and scans, the rest is `others`. */
export const visitors = ["person", "preview", "bot", "head"] as const;
export type Visitor = (typeof visitors)[number];

/** Fetchers that draw a preview when somebody pastes a link. */
const previews =
  /kakaotalk-scrap|kakaostory-og-reader|facebookexternalhit|facebookcatalog|meta-externalagent|twitterbot|slackbot|slack-imgproxy|discordbot|telegrambot|whatsapp\/|linkedinbot|skypeuripreview|line-poker|embedly|pinterestbot|iframely|bitlybot|redditbot|applebot.*preview|microsoftpreview|googlemessages|snapchat|viber/i;
/**
 * Crawlers and monitors that say so. Programs that merely fetch (curl, a script, a browser under test) are not among the known ones:
 * a company that tries its own button that way wants to see it counted.
 */
const bots =
  /bot\b|bot[/;) ]|crawl|spider|slurp|yeti\/|daumoa|baidu|mediapartners|google-(inspection|read|site|structured|safety)|googleother|bingpreview|lighthouse|pagespeed|uptimerobot|pingdom|statuscake|site24x7|scrapy|archive\.org|bytespider|ahrefs|semrush|petalbot|nutch|facebot/i;

/** KakaoTalk's own in-app browser is a person; only its scraper is a preview. What is not known counts. */
export function classifyVisitor(method: string | undefined, agent: string): Visitor {
  if (method === "HEAD") return "head";
  if (previews.test(agent)) return "preview";
  return bots.test(agent) ? "bot" : "person";
}
