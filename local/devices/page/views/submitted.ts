/** What was typed into a form that is being sent; sending itself is called off, because no page is to be loaded. */
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
