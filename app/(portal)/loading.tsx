import { getTranslations } from "next-intl/server";

/** Bars where the head and the rows will stand, after 200 ms. A list with its own shape brings its own loading.tsx (SkeletonTable). */
export default async function Loading() {
  const t = await getTranslations("form");
  return (
    <>
      <p className="sr-only" role="status">
        {t("loading")}
      </p>
      <div className="skeleton" aria-hidden="true">
        <i className="mb-6 h-5 w-52" />
        {["w-[80%]", "w-[62%]", "w-[74%]", "w-[50%]", "w-[68%]"].map((width) => (
          <i key={width} className={`my-5 ${width}`} />
        ))}
      </div>
    </>
  );
}
