import type { TemplateContent } from "@/lib/templates/schema/content";
import { BubbleButtons, BubblePicture, BubbleText, byPlace, type Drawn } from "./bubble-parts";

type Part = { content: TemplateContent; drawn: Drawn };

/** The row scrolls: the keyboard must reach it (WCAG 2.1.1). */
const reachable = { tabIndex: 0 } as const;

const numbered = (words: string, at: number, of: number) =>
  words.replace("{at}", String(at + 1)).replace("{of}", String(of));

/** Cards side by side, each as high as the highest; the next one is cut off at the edge and the row can be pushed. */
export function CarouselCards({ content, drawn }: Part) {
  const { items, tail } = content;
  return (
    <section className="bubble-cards" aria-label={drawn.words.cards} {...reachable}>
      {byPlace(items).map(({ key, at, one: item }) => (
        <article key={key} className="bubble-card" aria-label={numbered(drawn.words.card, at, items.length)}>
          <BubblePicture picture={item.picture} shape="card" drawn={drawn} />
          <div className="bubble-words">
            {item.title === "" ? null : (
              <p className="bubble-title">
                <BubbleText text={item.title} drawn={drawn} />
              </p>
            )}
            {item.text === "" && item.title !== "" ? null : (
              <p>
                {item.text === "" ? (
                  <span className="bubble-quiet">{drawn.words.noWords}</span>
                ) : (
                  <BubbleText text={item.text} drawn={drawn} />
                )}
              </p>
            )}
          </div>
          <BubbleButtons buttons={item.buttons} layout="horizontal" drawn={drawn} />
        </article>
      ))}
      {tail ? <p className="bubble-card bubble-more">{drawn.words.more}</p> : null}
    </section>
  );
}

/** The first item wide with its picture, the rest as rows with a small one (look.md 10). */
export function WideItems({ content, drawn }: Part) {
  return (
    <>
      {content.title === "" ? null : (
        <p className="bubble-head">
          <BubbleText text={content.title} drawn={drawn} />
        </p>
      )}
      <ol className="bubble-items">
        {byPlace(content.items).map(({ key, at, one: item }) => (
          <li key={key}>
            {at === 0 ? <BubblePicture picture={item.picture} shape="card" drawn={drawn} /> : null}
            <p className={at === 0 ? "bubble-title" : undefined}>
              {item.title === "" ? (
                <span className="bubble-quiet">{drawn.words.noWords}</span>
              ) : (
                <BubbleText text={item.title} drawn={drawn} />
              )}
            </p>
            {at === 0 ? null : <BubblePicture picture={item.picture} shape="small" drawn={drawn} />}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Title, highlight, rows, summary, words, small print: the order of look.md 10. */
export function ItemListRows({ content, drawn }: Part) {
  const { picture, title, highlight, list, summary, text, extraText } = content;
  return (
    <div className="bubble-list">
      {picture ? <BubblePicture picture={picture} shape="own" drawn={drawn} /> : null}
      <p className="bubble-head">
        {title === "" ? (
          <span className="bubble-quiet">{drawn.words.noWords}</span>
        ) : (
          <BubbleText text={title} drawn={drawn} />
        )}
      </p>
      {highlight ? (
        <div className="bubble-highlight">
          <div>
            <p className="bubble-title">
              <BubbleText text={highlight.title} drawn={drawn} />
            </p>
            <p className="bubble-second">
              <BubbleText text={highlight.description} drawn={drawn} />
            </p>
          </div>
          {highlight.picture ? <BubblePicture picture={highlight.picture} shape="small" drawn={drawn} /> : null}
        </div>
      ) : null}
      {list.length > 0 ? (
        <dl>
          {byPlace(list).map(({ key, one: row }) => (
            <div key={key}>
              <dt>
                <BubbleText text={row.title} drawn={drawn} />
              </dt>
              <dd>
                <BubbleText text={row.description} drawn={drawn} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {summary ? (
        <dl className="bubble-sum">
          <div>
            <dt>
              <BubbleText text={summary.title} drawn={drawn} />
            </dt>
            <dd>
              <BubbleText text={summary.description} drawn={drawn} />
            </dd>
          </div>
        </dl>
      ) : null}
      {text !== "" || extraText !== "" ? (
        <div className="bubble-words">
          <p>
            <BubbleText text={text} drawn={drawn} />
          </p>
          {extraText === "" ? null : (
            <p className="bubble-second">
              <BubbleText text={extraText} drawn={drawn} />
            </p>
          )}
        </div>
      ) : null}
    </div>
  );
}
