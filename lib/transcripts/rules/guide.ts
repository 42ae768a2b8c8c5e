// What Kakao's guide says of consultations, in its own words (source: Kakao Business guide "상담톡", read 2026-11-22).

/** 3-2: what 상담톡 shows, and the lawful way to the rest. */
export const chatRange = {
  section: "3-2",
  quote: "상담톡을 통해서는 오직 상담톡 API를 통한 이용자와 상담원간의 1:1 채팅 수발신 내역만 조회할 수 있습니다.",
  instead:
    "대신 이용자로부터 수신 메시지 내용을 직접 전달받거나 상담 과정에서 수집한 개인정보를 토대로 수신 내역을 조회하는기능을 구현하는 방식을 고려해 볼 수 있습니다.",
} as const;

/** 2 STEP 4: after the end, the user speaks first. */
export const agentsNeverFirst = {
  section: "2 STEP 4",
  quote: "이 경우 이용자가 다시 먼저 말을 걸기 전까지는 상담원이 말을 걸 수 없는 상태로 돌아갑니다.",
} as const;
