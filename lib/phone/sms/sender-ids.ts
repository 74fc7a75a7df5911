/** `UA=Acme,KZ=Acme`: what is shown as the sender of SMS, in countries where a name may be. */
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
