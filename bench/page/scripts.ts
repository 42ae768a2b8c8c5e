// First-load JavaScript: every script that a page's HTML names, compressed as servers do.
import { gzipSync } from "node:zlib";

/** Bytes of gzip of the scripts that a page loads before anything is pressed. @param polyfills counted only where old browsers load them, so left out */
export async function firstLoadScripts(origin: string, path: string, cookie?: string): Promise<Map<string, number>> {
  const page = await fetch(`${origin}${path}`, { headers: cookie ? { cookie } : {}, redirect: "manual" });
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
  const html = await page.text();
  const sizes = new Map<string, number>();
  for (const [tag, source = ""] of html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)) {
    if (/ nomodule/i.test(tag) || sizes.has(source)) continue;
    const script = await fetch(new URL(source.replaceAll("&amp;", "&"), origin));
    if (!script.ok) throw new Error(`${source} answered ${script.status}`);
    sizes.set(source, gzipSync(Buffer.from(await script.arrayBuffer())).length);
  }
  return sizes;
}

/** All of them together. */
export async function firstLoadBytes(origin: string, path: string, cookie?: string): Promise<number> {
  return [...(await firstLoadScripts(origin, path, cookie)).values()].reduce((sum, size) => sum + size, 0);
}
