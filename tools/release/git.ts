import { execFileSync } from "node:child_process";

/** Git in the current folder. Each throws where git fails. */
const git = (...args: string[]): string => execFileSync("git", args, { encoding: "utf8" }).trim();

const lines = (text: string): string[] => (text === "" ? [] : text.split("\n"));

/** The files that differ from the last commit; new ones too. */
export const changedFiles = (): string[] =>
  lines(git("status", "--porcelain", "--untracked-files=all")).map((line) =>
    line.trim().replace(/^\S+\s+/, ""),
  );

export const tags = (): string[] => lines(git("tag", "--list", "v*"));

export const head = (): string => git("rev-parse", "HEAD");

/** Puts an annotated tag on a commit. Git refuses where the tag exists. */
export const tag = (name: string, commit: string, text: string): void =>
  // Without this, lines with a "#" (the headings) would be left out as comments.
  void git("tag", "--annotate", "--cleanup=whitespace", "--message", text, name, commit);

export const addWorktree = (directory: string, commit: string): void =>
  void git("worktree", "add", "--quiet", "--detach", directory, commit);

export const removeWorktree = (directory: string): void =>
  void git("worktree", "remove", "--force", directory);
