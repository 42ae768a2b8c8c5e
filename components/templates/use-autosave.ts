"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { type TemplateContent, templateContentSchema } from "@/lib/templates/schema/content";
import type { OtherDraft } from "@/lib/templates/schema/editor";

export type SaveState = "saved" | "dirty" | "saving" | "offline" | "conflict" | "signedOut" | "refused";

/** What is typed rests in this browser until it is saved: a crash loses nothing. */
type Kept = { revision: number; content: TemplateContent };

/** Milliseconds after the last key, and between two tries while there is no connection. */
const [calm, again] = [1_200, 5_000];
/** Browsers carry at most 64 KB past the end of a page. */
const mostCarried = 60_000;

const placeOf = (templateId: string) => `damso-template:${templateId}`;
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const keptSchema = z.object({ revision: z.number(), content: templateContentSchema });

/** What a browser kept; anything else that stands there is nothing. */
function readKept(held: string | null): Kept | null {
  try {
    return keptSchema.parse(JSON.parse(held ?? "null"));
  } catch {
    return null;
  }
}

/**
 * Saves a draft by itself: a moment after the last key, when the page is left, and again once the connection is back. Never over somebody
 * else's save: the answer 409 brings the other text, and nothing more is sent until one of them was chosen.
 */
export function useAutosave({
  templateId,
  first,
  content,
  onConflict,
  onRestore,
}: {
  templateId: string;
  /** What is saved when the page opens. */
  first: Kept;
  content: TemplateContent;
  onConflict: (theirs: OtherDraft, mine: TemplateContent) => void;
  onRestore: (kept: TemplateContent) => void;
}): {
  state: SaveState;
  revision: number;
  /** Saves now. @returns whether what stands in the page is saved */
  flush: () => Promise<boolean>;
  /** The number of the newest draft that this page knows, at this moment. */
  current: () => number;
  /** Goes on from another draft, after a choice. */
  goOn: (saved: Kept) => void;
} {
  const [state, setState] = useState<SaveState>("saved");
  const [saved, setSaved] = useState(first);
  const now = useRef({ content, saved, blocked: false, busy: null as Promise<boolean> | null });
  now.current.content = content;
  const told = useRef({ onConflict, onRestore });
  told.current = { onConflict, onRestore };

  const goOn = useCallback((next: Kept) => {
    now.current.saved = next;
    now.current.blocked = false;
    setSaved(next);
    setState("saved");
  }, []);

  const send = useCallback(async (): Promise<boolean> => {
    const { content: sent, saved: before, blocked } = now.current;
    if (blocked) return false;
    if (same(sent, before.content)) return true;
    setState("saving");
    const body = JSON.stringify({ revision: before.revision, content: sent });
    const request = {
      ...{ method: "POST", body, headers: { "Content-Type": "application/json" } },
      keepalive: body.length < mostCarried,
    };
    const answer = await window.fetch(`/templates/${templateId}/draft`, request).catch(() => null);
    if (!answer) {
      setState("offline");
      return false;
    }
    if (answer.ok) {
      const { revision } = (await answer.json()) as { revision: number };
      goOn({ revision, content: sent });
      if (same(now.current.content, sent)) {
        localStorage.removeItem(placeOf(templateId));
        setState("saved");
        return true;
      }
      setState("dirty");
      return false;
    }
    if (answer.status === 409) {
      const { current } = (await answer.json()) as { current: OtherDraft };
      if (same(current.content, sent)) {
        goOn({ revision: current.number, content: sent });
        setState("saved");
        return true;
      }
      now.current.blocked = true;
      setState("conflict");
      told.current.onConflict(current, sent);
      return false;
    }
    setState(answer.status === 401 ? "signedOut" : answer.status >= 500 ? "offline" : "refused");
    return false;
  }, [templateId, goOn]);

  // One at a time: two on the way would be each other's conflict.
  const flush = useCallback(async (): Promise<boolean> => {
    while (now.current.busy) await now.current.busy;
    const busy = send().finally(() => {
      now.current.busy = null;
    });
    now.current.busy = busy;
    return busy;
  }, [send]);

  useEffect(() => {
    const kept = readKept(localStorage.getItem(placeOf(templateId)));
    if (kept === null) return;
    const { revision, content: there } = now.current.saved;
    if (same(kept.content, there)) localStorage.removeItem(placeOf(templateId));
    // Older than what is saved: it is sent with its own number, and the answer brings both texts.
    else {
      if (kept.revision !== revision) now.current.saved = { revision: kept.revision, content: there };
      told.current.onRestore(kept.content);
    }
  }, [templateId]);

  useEffect(() => {
    if (now.current.blocked) return;
    if (same(content, saved.content)) {
      localStorage.removeItem(placeOf(templateId));
      return;
    }
    const kept: Kept = { revision: saved.revision, content };
    localStorage.setItem(placeOf(templateId), JSON.stringify(kept));
    setState((before) => (before === "offline" || before === "signedOut" ? before : "dirty"));
    const timer = setTimeout(() => void flush(), calm);
    return () => clearTimeout(timer);
  }, [content, saved, templateId, flush]);

  useEffect(() => {
    if (state !== "offline") return;
    const retry = () => void flush();
    const timer = setInterval(retry, again);
    addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      removeEventListener("online", retry);
    };
  }, [state, flush]);

  useEffect(() => {
    const leaving = () => {
      if (document.visibilityState === "hidden" && !now.current.busy) void flush();
    };
    document.addEventListener("visibilitychange", leaving);
    return () => document.removeEventListener("visibilitychange", leaving);
  }, [flush]);

  const current = useCallback(() => now.current.saved.revision, []);
  return { state, revision: saved.revision, current, flush, goOn };
}
