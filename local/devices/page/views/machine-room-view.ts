import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Actions } from "../actions/actions.ts";
import type { Execution, LogLine, MachineRoom } from "../state/machine-room.ts";
import { hourToSecond } from "./times.ts";

/** The state machines' executions and the functions' log, for a user who wants to see why. */
export function machineRoomView(room: MachineRoom | null, act: Actions): TemplateResult {
  const toggle = (event: Event): void => {
    if (event.currentTarget instanceof HTMLDetailsElement)
      act.showMachineRoom(event.currentTarget.open);
  };
  return html`<details class="card machine-room" @toggle=${toggle}>
    <summary>
      <h2>Machine room</h2>
      <span class="summary-state">executions and the log</span>
    </summary>
    ${room === null ? nothing : html`${executions(room.executions)} ${log(room.lines)}`}
  </details>`;
}

function executions(all: readonly Execution[]): TemplateResult {
  return html`
    <h3>Executions</h3>
    ${
      all.length === 0
        ? html`<p class="quiet">None yet: a call starts one.</p>`
        : html`<ul class="executions">
            ${all.map(
              ({ name, status, startedAt, history }) =>
                html`<li>
                  <p>
                    <span class="execution-status ${status.toLowerCase()}">${status}</span>
                    <code>${name}</code> <small>${hourToSecond(startedAt)}</small>
                  </p>
                  <p class="path">${pathOf(history)}</p>
                </li>`,
            )}
          </ul>`
    }
  `;
}

/** The states that an execution has entered. A state that it entered several times in a row appears once. */
function pathOf(history: Execution["history"]): string {
  const entered = history.flatMap(({ type, state }) =>
    type.endsWith("StateEntered") && state !== null ? [state] : [],
  );
  return entered.filter((state, index) => state !== entered[index - 1]).join(" → ");
}

function log(lines: readonly LogLine[]): TemplateResult {
  return html`
    <h3>Log</h3>
    <pre
      class="log"
      tabindex="0"
      aria-label="The functions’ latest log lines"
      data-follow=${lines.length}
    >${lines.map((line) => html`<span class="line ${levelOf(line)}">${wordsOf(line)}</span>\n`)}</pre>
  `;
}

const levelOf = ({ level }: LogLine): string =>
  typeof level === "string" ? level.toLowerCase() : "";

function wordsOf({ level, timestamp, function_name: name, message, ...rest }: LogLine): string {
  const hidden = ["service", "cold_start", "function_arn", "function_memory_size", "sampling_rate"];
  const facts = Object.entries(rest).filter(([key]) => !hidden.includes(key));
  const at = typeof timestamp === "string" ? hourToSecond(timestamp) : "";
  const more = facts.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(" ");
  return [at, level, name, message, more]
    .map((part) => textOf(part))
    .filter(Boolean)
    .join(" ");
}

const textOf = (part: unknown): string =>
  typeof part === "string" ? part : part === undefined ? "" : JSON.stringify(part);
