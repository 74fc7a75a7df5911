import type { Texts } from "./texts.ts";

export const en: Texts = {
  title: "Sign in",
  email: "Email",
  password: "Password",
  show: "Show",
  hide: "Hide",
  submit: "Sign in",
  busy: "Signing in…",
  incomplete: "Please type your email and your password.",
  invalidCredentials: "Email and password do not match. Please check both.",
  pausedFor: (duration) => `Too many tries. You can try again in ${duration}.`,
  refused: "This page may not sign in here. Please tell its owner.",
  unreachable: "We cannot reach the service. Check the connection and try again.",
  unavailable: "The service cannot answer just now. Please try again in a moment.",
  connecting: "One moment…",
  retrying: "We cannot reach the service. Trying again…",
  signedIn: "You are signed in",
  linkOver: {
    title: "This link does not work any more",
    text: "Go back to the page you came from and sign in there again.",
  },
};
