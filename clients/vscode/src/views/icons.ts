// Icons by state: each has its own shape, colour only repeats what the shape says.
import {
  Decision_Force,
  DecisionOutcome,
  Slot_State,
  Spec_State,
  type Decision,
} from "@gavel/client";

export interface Icon {
  /** A codicon. */
  readonly id: string;
  /** A colour of the theme. */
  readonly color?: string;
}

const GOOD = "charts.green";
const BAD = "charts.red";
const ATTENTION = "charts.orange";

const STATES: Record<number, Icon> = {
  [Spec_State.DRAFT]: { id: "edit" },
  [Spec_State.ASYNC_REVIEW]: { id: "comment-discussion", color: "charts.blue" },
  [Spec_State.CHANGES_REQUESTED]: { id: "git-pull-request-go-to-changes", color: ATTENTION },
  [Spec_State.QUEUED]: { id: "clock", color: "charts.blue" },
  [Spec_State.SCHEDULED]: { id: "calendar", color: "charts.blue" },
  [Spec_State.IN_MEETING]: { id: "broadcast", color: ATTENTION },
  [Spec_State.AUTO_APPROVED]: { id: "zap", color: GOOD },
  [Spec_State.APPROVED]: { id: "pass", color: GOOD },
  [Spec_State.REJECTED]: { id: "error", color: BAD },
  [Spec_State.DEFERRED]: { id: "debug-pause" },
  [Spec_State.WITHDRAWN]: { id: "circle-slash" },
  [Spec_State.SUPERSEDED]: { id: "history" },
};

const SLOTS: Record<number, Icon> = {
  [Slot_State.OPEN]: { id: "broadcast", color: ATTENTION },
  [Slot_State.DONE]: { id: "pass", color: GOOD },
  [Slot_State.OVERRAN]: { id: "watch", color: ATTENTION },
};

export function stateIcon(state: number): Icon {
  return STATES[state] ?? { id: "question" };
}

export function slotIcon(state: number): Icon {
  return SLOTS[state] ?? { id: "circle-large-outline" };
}

export function decisionIcon(decision: Decision | undefined): Icon {
  switch (decision?.force) {
    case Decision_Force.VOID:
    case Decision_Force.REPLACED:
      return { id: "history" };
    case Decision_Force.STAYED:
      return { id: "debug-pause", color: ATTENTION };
    default:
      return outcomeIcon(decision?.outcome);
  }
}

function outcomeIcon(outcome: DecisionOutcome | undefined): Icon {
  switch (outcome) {
    case DecisionOutcome.APPROVED:
      return { id: "pass", color: GOOD };
    case DecisionOutcome.APPROVED_WITH_CONDITIONS:
      return { id: "checklist", color: GOOD };
    case DecisionOutcome.REJECTED:
      return { id: "error", color: BAD };
    default:
      return { id: "question" };
  }
}
