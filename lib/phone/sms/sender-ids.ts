/** `UA=Acme,KZ=Acme`: the name that an SMS shows as its sender, in countries that allow one. */
export const readSenderIds = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(",")
      .filter((part) => part.trim() !== "")
      .map((part) => {
        const [country = "", name = ""] = part.split("=");
        return [country.trim().toUpperCase(), name.trim()];
      }),
  );
