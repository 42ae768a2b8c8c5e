"use server";

import { formAction, leave } from "@/lib/action";
import {
  closeFinding,
  closeReview,
  judgeSample,
  recordFinding,
  saveAccessPlan,
  startReview,
} from "@/lib/audit/access/commands";
import {
  closeFindingSchema,
  closeReviewSchema,
  judgeSampleSchema,
  recordFindingSchema,
  saveAccessPlanSchema,
  startReviewSchema,
} from "@/lib/audit/access/schema";

const review = (id: string) => `/audit/access/reviews/${id}`;

export const saveAccessPlanAction = formAction(saveAccessPlanSchema, async (actor, input) => {
  await saveAccessPlan(actor, input);
  return leave("/audit/access/plan", "audit.access.plan.saved");
});

export const startReviewAction = formAction(startReviewSchema, async (actor, input) => {
  return leave(review(await startReview(actor, input, new Date())), "audit.access.reviews.started");
});

export const judgeSampleAction = formAction(judgeSampleSchema, async (actor, input) => {
  await judgeSample(actor, input, new Date());
  return leave(`${review(input.reviewId)}#s-${input.sampleId}`, "audit.access.reviews.judged");
});

export const recordFindingAction = formAction(recordFindingSchema, async (actor, input) => {
  await recordFinding(actor, input, new Date());
  return leave(`${review(input.reviewId)}#findings`, "audit.access.findings.recorded");
});

export const closeFindingAction = formAction(closeFindingSchema, async (actor, input) => {
  await closeFinding(actor, input, new Date());
  return leave(`${review(input.reviewId)}#findings`, "audit.access.findings.closed");
});

export const closeReviewAction = formAction(closeReviewSchema, async (actor, input) => {
  await closeReview(actor, input, new Date());
  return leave(review(input.reviewId), "audit.access.reviews.closed");
});
