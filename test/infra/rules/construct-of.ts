/** The construct of a function, by the name of the folder of its code. */
export const constructOf = (name: string): string =>
  `${name === "pages-setup" ? "PagesDeployment" : "Functions"}${name.replaceAll("-", "")}`;
