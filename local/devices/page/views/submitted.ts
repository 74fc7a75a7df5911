/** Reads a form that the user submits. It cancels the submission itself, because the browser must not load a page. */
export function submitted(event: SubmitEvent): {
  read: (field: string) => string;
  clear: () => void;
} {
  event.preventDefault();
  const form = event.currentTarget instanceof HTMLFormElement ? event.currentTarget : undefined;
  const fields = new FormData(form);
  return {
    read: (field) => {
      const value = fields.get(field);
      return typeof value === "string" ? value.trim() : "";
    },
    clear: () => form?.reset(),
  };
}
