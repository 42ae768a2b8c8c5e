"use client";

import { type ReactNode, useContext } from "react";
import { FormContext } from "@/components/form/form-context";
import { CopyButton } from "@/components/ui/copy-button";

export interface OnceWords {
  title: string;
  body: string;
  address: string;
  secret: string;
  paths: string;
  toConnection: string;
  copy: string;
  copied: string;
}

/**
 * Until the form has done its work: its fields. Then what it made and nobody keeps: address and secret, shown this once.
 * They come in the action's own answer, so that they lie in no table, cookie or address, and are there without script too.
 */
export function ConnectionOnce({
  words,
  copyIcon,
  children,
}: {
  words: OnceWords;
  copyIcon: ReactNode;
  children: ReactNode;
}) {
  const state = useContext(FormContext)?.state;
  const { address, secret, href, paths } = state?.values ?? {};
  if (!state?.ok || (!address && !secret)) return children;
  return (
    <section className="panel mt-3" aria-label={words.title}>
      <div className="in">
        <p className="mb-1 font-semibold">{words.title}</p>
        <p className="mb-3 text-sm text-fg-2">{words.body}</p>
        <dl className="kv">
          {typeof address === "string" ? (
            <Kept label={words.address} text={address} words={words} icon={copyIcon} />
          ) : null}
          {typeof secret === "string" ? (
            <Kept label={words.secret} text={secret} words={words} icon={copyIcon} />
          ) : null}
          {Array.isArray(paths) ? (
            <div className="contents">
              <dt>{words.paths}</dt>
              <dd className="mono min-w-0">{paths.join(" ")}</dd>
            </div>
          ) : null}
        </dl>
        {typeof href === "string" ? (
          <p className="mt-3">
            <a className="btn" href={href}>
              {words.toConnection}
            </a>
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Kept({ label, text, words, icon }: { label: string; text: string; words: OnceWords; icon: ReactNode }) {
  return (
    <div className="contents">
      <dt>{label}</dt>
      <dd className="flex min-w-0 flex-wrap items-start gap-2">
        <code className="mono min-w-0 break-all">{text}</code>
        <CopyButton text={text} label={words.copy} done={words.copied} icon={icon} />
      </dd>
    </div>
  );
}
