"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";

type Words = { submit: string; progress: string; working: string; stop: string; stopped: string; failed: string };
type Sending = { request: XMLHttpRequest; percent: number };

/**
 * The upload form with its progress: a large file takes minutes on a slow line. Without script it is sent as a form. What was chosen stays
 * in it until it has arrived.
 */
export function MediaUploadForm({ words, children }: { words: Words; children: ReactNode }) {
  const router = useRouter();
  const [sending, setSending] = useState<Sending | null>(null);
  const [said, setSaid] = useState("");
  const request = useRef<XMLHttpRequest | null>(null);
  useEffect(() => () => request.current?.abort(), []);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const sent = new XMLHttpRequest();
    request.current = sent;
    sent.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      setSending({ request: sent, percent: lengthComputable ? Math.floor((loaded / total) * 100) : 0 });
    const over = (sentence: string) => {
      setSending(null);
      setSaid(sentence);
    };
    sent.onerror = () => over(words.failed);
    sent.onabort = () => over(words.stopped);
    sent.onload = () => {
      const answer = answerOf(sent.responseText);
      over("");
      if (sent.status === 201 && answer.mediaId) router.push(`/templates/media/${answer.mediaId}`);
      else if (sent.status === 401) window.location.assign("/sign-in?next=/templates/media");
      else router.replace(`/templates/media?refused=${encodeURIComponent(answer.code ?? "failed")}#upload`);
    };
    sent.open("POST", "/templates/media/upload");
    sent.setRequestHeader("Accept", "application/json");
    setSaid("");
    setSending({ request: sent, percent: 0 });
    sent.send(form);
  };

  return (
    <form
      id="upload"
      method="post"
      encType="multipart/form-data"
      action="/templates/media/upload"
      className="max-w-140"
      onSubmit={send}
    >
      {children}
      <div className="form-foot">
        <button type="submit" className={buttonClass({ variant: "primary" })} disabled={sending !== null}>
          {words.submit}
        </button>
        {sending ? (
          <>
            <progress className="min-w-40" max={100} value={sending.percent} aria-label={words.submit} />
            <span className="text-sm text-fg-2">
              {sending.percent < 100 ? words.progress.replace("{percent}", String(sending.percent)) : words.working}
            </span>
            <button type="button" className={buttonClass({ size: "sm" })} onClick={() => sending.request.abort()}>
              {words.stop}
            </button>
          </>
        ) : null}
        <span role="status" className="text-sm text-fg-2">
          {said}
        </span>
      </div>
    </form>
  );
}

function answerOf(text: string): { mediaId?: string; code?: string } {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever answered was not the portal.
    return {};
  }
}
